import { callsOf } from "../calls.ts";
import { argument, inCall, lineAt, replaced, withoutArgument } from "../edits.ts";
import type { Mutator } from "../mutator.ts";
import { TORCH } from "../training-loop.ts";

const CLIP = [
  "import numpy as np",
  "import torch",
  "import torch.nn.functional as F",
  "from torch import nn",
  "class Clip(nn.Module):",
  "    def __init__(self, a, b):",
  "        super().__init__()",
  "        self.image = nn.Linear(8, 4)",
  "        self.text = nn.Linear(9, 4)",
  "        self.logit_scale = nn.Parameter(torch.ones([]) * np.log(1 / 0.07))",
  "    def forward(self, x, y):",
  "        image = self.image(x)",
  "        text = self.text(y)",
  "        image = F.normalize(image, dim=-1)",
  "        text = F.normalize(text, dim=-1)",
  "        logits = self.logit_scale.exp() * image @ text.t()",
  "        labels = torch.arange(len(logits))",
  "        return (F.cross_entropy(logits, labels) + F.cross_entropy(logits.t(), labels)) / 2",
  "",
].join("\n");

const NORMALIZES =
  /^ *(\w+) = (?:(?:nn\.functional|F)\.normalize\((\w+)\b.*\)|(\w+) \/ \3\.norm\(.*\))$/gm;

export const multimodalMutators: readonly Mutator[] = [
  {
    code: "NL701",
    language: "python",
    mistake: "forgets to normalize features",
    needs: /arange/,
    changes: (source) => {
      if (!/F\.cross_entropy\(/.test(source.code) || !/arange/.test(source.code)) return undefined;
      const statements = [...source.code.matchAll(NORMALIZES)].filter(
        (match) => match[1] === (match[2] ?? match[3]),
      );
      if (statements.length >= 2) {
        return statements.map(({ index, 0: whole }) => {
          const { start, end } = lineAt(source.code, index + whole.length - 1);
          return { start, end, newText: "" };
        });
      }
      const calls = [...callsOf(source.code, /normalize/)].filter(({ name }) =>
        /^(F|nn\.functional)\./.test(name),
      );
      return calls.length < 2
        ? undefined
        : calls.flatMap(({ start, close, arguments: [first] }) =>
            first === undefined
              ? []
              : [{ start, end: close + 1, newText: source.text.slice(first.start, first.end) }],
          );
    },
    example: CLIP,
  },
  {
    code: "NL702",
    language: "python",
    mistake: "forgets the exponential of the scale",
    needs: /Parameter\(.*\blog\(/,
    changes: ({ code }) => {
      if (!/@ ?\w+\.(t\(\)|T\b)|matmul\(\w+, \w+\.(t\(\)|T\b)/.test(code)) return undefined;
      const all = [...code.matchAll(/\.logit_scale\.exp\(\)/g)];
      return all.length === 0
        ? undefined
        : all.map(({ index, 0: whole }) => ({
            start: index + whole.length - ".exp()".length,
            end: index + whole.length,
            newText: "",
          }));
    },
    example: CLIP,
  },
  {
    code: "NL703",
    language: "python",
    mistake: "forgets to clamp the scale",
    needs: /logit_scale = .*Parameter\([\s\S]*\.step\(\)/,
    changes: ({ code }) => {
      const clamp = /^ *.*logit_scale.*clamp_\(.*\)\n/m.exec(code);
      if (clamp === null) return undefined;
      const line = lineAt(code, clamp.index);
      const indent = /^\s*/.exec(line.text)?.[0];
      return [{ start: line.start, end: line.end, newText: `${indent}pass\n` }];
    },
    example: [
      CLIP,
      "model = Clip(a, b)",
      "opt = torch.optim.AdamW(model.parameters(), lr=1e-3)",
      "for x, y in loader:",
      "    loss = model(x, y)",
      "    loss.backward()",
      "    opt.step()",
      "    with torch.no_grad():",
      "        model.logit_scale.clamp_(0, np.log(100))",
      "",
    ].join("\n"),
  },
  {
    code: "NL704",
    language: "python",
    mistake: "asks for the match in one direction only",
    needs: /image|text|audio|video/,
    changes: replaced(
      /\((?:0\.5 \* )?\(?F\.cross_entropy\((\w+), (\w+)\) \+ F\.cross_entropy\(\1\.(?:t\(\)|T), \2\)\)(?: \/ 2)?/,
      (match) => `F.cross_entropy(${match[1]}, ${match[2]})`,
    ),
    example: CLIP,
  },
  {
    code: "NL705",
    language: "python",
    mistake: "sums one of two terms over the batch",
    needs: TORCH,
    changes: replaced(
      /(= *F\.(?:mse_loss|l1_loss|smooth_l1_loss|cross_entropy)\([^()\n]*)\)( *\+ *(?:[\w.]+ *\* *)?F\.(?:mse_loss|l1_loss|smooth_l1_loss|cross_entropy)\([^()\n]*\))/,
      (match) =>
        /reduction/.test(match[0]) ? undefined : `${match[1]}, reduction="sum")${match[2]}`,
    ),
    example:
      "import torch\nimport torch.nn.functional as F\nloss = F.mse_loss(a, b) + F.cross_entropy(p, q)\nloss.backward()\n",
  },
  {
    code: "NL707",
    language: "python",
    mistake: "multiplies by the temperature",
    needs: /temperature|tau\b|\btemp\b/,
    changes: (source) => {
      const isSmall =
        /\b(temp|temperature|tau) = nn\.Parameter\((0?\.\d+ \* torch\.ones|torch\.(ones\(.*\) \* 0?\.|tensor\(0?\.))/.test(
          source.code,
        ) ||
        /(temperature|tau|temp)\w*(: float)? ?= ?0?\.\d+|["']--?temperature["'].*default=0?\.\d/.test(
          source.code,
        );
      if (!isSmall || !/cross_entropy|softmax/.test(source.code)) return undefined;
      if (!/arange|contrast|InfoNCE|sim_i2t/.test(source.code)) return undefined;
      return replaced(
        /((?:@ ?\w+(?:\.\w+(?:\(\))?)? ?|\bsim\w*\)? ?))\/( ?(?:self\.|args\.|self\.args\.)?(?:temperature|tau|temp)\b)/,
        (match) => `${match[1]}*${match[2]}`,
      )(source);
    },
    example: [
      "import torch",
      "import torch.nn.functional as F",
      "temperature = 0.07",
      "sim = F.normalize(a, dim=1) @ F.normalize(b, dim=1).t()",
      "logits = sim / temperature",
      "loss = F.cross_entropy(logits, torch.arange(len(a)))",
      "",
    ].join("\n"),
  },
  {
    code: "NL709",
    language: "python",
    mistake: "leaves the reduction of the divergence at its default",
    needs: TORCH,
    changes: inCall(/KLDivLoss|kl_div/, (call) => {
      if (!/["']batchmean["']/.test(argument(call, "reduction") ?? "")) return undefined;
      const change = withoutArgument(call, "reduction");
      return change && [change];
    }),
    example: [
      "import torch.nn.functional as F",
      "def kd(s, t):",
      "    return F.kl_div(F.log_softmax(s, 1), F.softmax(t, 1), reduction='batchmean')",
      "",
    ].join("\n"),
  },
  {
    code: "NL709",
    language: "python",
    mistake: "forgets T²",
    needs: TORCH,
    changes: ({ code }) => {
      const factor =
        / \* \(?(?:self\.|args\.)?(temperature|T|tau|distillation_temperature)(?: \*\* ?2| ?\* ?(?:self\.|args\.)?\1)\)?(?=[)\s])/g;
      for (const match of code.matchAll(factor)) {
        const before = code.slice(Math.max(0, match.index - 400), match.index);
        if (!/kl_div|KLDiv/.test(before) || !/softmax/.test(code)) continue;
        return [{ start: match.index, end: match.index + match[0].length, newText: "" }];
      }
      return undefined;
    },
    example: [
      "import torch.nn.functional as F",
      "def kd(s, t, T=4.0):",
      "    return F.kl_div(F.log_softmax(s / T, 1), F.softmax(t / T, 1), reduction='batchmean') * T * T",
      "",
    ].join("\n"),
  },
];
