import { callsOf } from "../calls.ts";
import { argument, inCall, replaced, withArgument, withoutArgument } from "../edits.ts";
import type { Mutator } from "../mutator.ts";
import { TORCH } from "../training-loop.ts";

const NORM = /nn\.(LayerNorm|RMSNorm|GroupNorm|BatchNorm[123]d)\(/;

/** Whether the model is of a class of the same file. */
function isBuiltHere(model: string, code: string): boolean {
  const made = new RegExp(`\\b${model} = (\\w+)\\(`).exec(code)?.[1];
  return made !== undefined && code.includes(`class ${made}(`);
}

const BLOCK = [
  "import torch",
  "from torch import nn",
  "class Block(nn.Module):",
  "    def __init__(self):",
  "        super().__init__()",
  "        self.ln_1 = nn.LayerNorm(64)",
  "        self.fc = nn.Linear(64, 64)",
  "    def forward(self, x):",
  "        return x + self.fc(self.ln_1(x))",
  "model = Block()",
];

export const placementMutators: readonly Mutator[] = [
  {
    code: "NL401",
    language: "python",
    mistake: "decays all parameters alike",
    needs: NORM,
    changes: inCall(/AdamW/, (call, { code }) => {
      const [first] = call.arguments;
      if (first === undefined || !/^(torch\.)?optim\.AdamW$/.test(call.name)) return undefined;
      if (/parameters/.test(first.value)) return undefined;
      const model = /\b(model|net)\.named_parameters\(\)/.exec(code)?.[1];
      if (model === undefined || !isBuiltHere(model, code)) return undefined;
      return [
        { start: first.start, end: first.end, newText: `${model}.parameters()` },
        ...(argument(call, "weight_decay") === undefined
          ? [withArgument(call, "weight_decay", "0.1")]
          : []),
      ];
    }),
    example: [
      ...BLOCK,
      "decay = [p for n, p in model.named_parameters() if p.ndim >= 2]",
      "rest = [p for n, p in model.named_parameters() if p.ndim < 2]",
      'groups = [{"params": decay, "weight_decay": 0.1}, {"params": rest, "weight_decay": 0.0}]',
      "opt = torch.optim.AdamW(groups, lr=3e-4)",
      "",
    ].join("\n"),
  },
  {
    code: "NL401",
    language: "python",
    mistake: "takes AdamW and a decay for all parameters of a model with norms",
    needs: NORM,
    without: /weight_decay/,
    changes: inCall(/Adam/, (call, { code }) => {
      const [first] = call.arguments;
      if (first === undefined || !/^(torch\.)?optim\.Adam$/.test(call.name)) return undefined;
      const model = /^(\w+)\.parameters\(\)$/.exec(first.value)?.[1];
      if (model === undefined || !isBuiltHere(model, code)) return undefined;
      return [
        { start: call.nameEnd, end: call.nameEnd, newText: "W" },
        withArgument(call, "weight_decay", "0.05"),
      ];
    }),
    example: [...BLOCK, "opt = torch.optim.Adam(model.parameters(), lr=3e-4)", ""].join("\n"),
  },
  {
    code: "NL402",
    language: "python",
    mistake: "decays without a mask",
    needs: /optax/,
    changes: inCall(/adamw|lion|lamb/, (call, { code }) => {
      if (!call.name.startsWith("optax.") || !/LayerNorm|BatchNorm|RMSNorm/.test(code))
        return undefined;
      if (argument(call, "mask") !== undefined) {
        const change = withoutArgument(call, "mask");
        return change && [change];
      }
      return argument(call, "weight_decay") === undefined
        ? [withArgument(call, "weight_decay", "0.1")]
        : undefined;
    }),
    example: [
      "import optax",
      "from flax import linen as nn",
      "class Net(nn.Module):",
      "    @nn.compact",
      "    def __call__(self, x):",
      "        return nn.LayerNorm()(nn.Dense(8)(x))",
      "tx = optax.adamw(1e-3, weight_decay=0.1, mask=decay_mask)",
      "",
    ].join("\n"),
  },
  {
    code: "NL404",
    language: "python",
    mistake: "names norms that the model does not have",
    needs: NORM,
    changes: replaced(/(no_decay\w* = [[(])(["']bias["']), ?[^\])]*([\])])/, (match, { code }) =>
      /self\.(ln|norm|bn)\w* = nn\./.test(code)
        ? `${match[1]}${match[2]}, "LayerNorm.weight"${match[3]}`
        : undefined,
    ),
    example: [
      ...BLOCK,
      'no_decay = ["bias", "ln_1.weight"]',
      "groups = [",
      '    {"params": [p for n, p in model.named_parameters() if not any(nd in n for nd in no_decay)], "weight_decay": 0.01},',
      '    {"params": [p for n, p in model.named_parameters() if any(nd in n for nd in no_decay)], "weight_decay": 0.0},',
      "]",
      "opt = torch.optim.AdamW(groups, lr=1e-4)",
      "",
    ].join("\n"),
  },
  {
    code: "NL405",
    language: "python",
    mistake: "penalises the intercept too",
    needs: /\bnp\b/,
    changes: replaced(/^( *)(\w+)\[0, ?0\] = 0\b.*\n/m, (match, { code }) =>
      new RegExp(`\\b${match[2]} = .*(eye|identity)\\(`).test(code) ? "" : undefined,
    ),
    example: [
      "import numpy as np",
      "def ridge(X, y, lam):",
      "    A = np.c_[np.ones(len(X)), X]",
      "    penalty = np.eye(A.shape[1])",
      "    penalty[0, 0] = 0",
      "    return np.linalg.solve(A.T @ A + lam * penalty, A.T @ y)",
      "",
    ].join("\n"),
  },
  {
    code: "NL406",
    language: "python",
    mistake: "penalises the bias like the kernel",
    needs: /keras/,
    changes: inCall(/Dense|Conv[12]D/, (call) => {
      const kernel = argument(call, "kernel_regularizer");
      if (kernel === undefined || argument(call, "bias_regularizer") !== undefined)
        return undefined;
      return /l[12]\w*\(|L[12]\w*\(/.test(kernel)
        ? [withArgument(call, "bias_regularizer", kernel)]
        : undefined;
    }),
    example: [
      "from keras import layers, regularizers",
      "layer = layers.Dense(64, kernel_regularizer=regularizers.l2(1e-4))",
      "",
    ].join("\n"),
  },
  {
    code: "NL407",
    language: "python",
    mistake: "lets one group hold what another one has",
    needs: TORCH,
    changes: replaced(
      /(\{["']params["']: *)(\w+)\.(\w+)\.parameters\(\)(.{0,60}\}, *\{["']params["']: *)\2\.(\w+)\.parameters\(\)/,
      (match) =>
        `${match[1]}${match[2]}.parameters()${match[4]}${match[2]}.${match[5]}.parameters()`,
    ),
    example: [
      "import torch",
      'groups = [{"params": net.features.parameters(), "lr": 1e-4}, {"params": net.head.parameters()}]',
      "opt = torch.optim.SGD(groups, lr=1e-2, weight_decay=1e-4)",
      "",
    ].join("\n"),
  },
  {
    code: "NL403",
    language: "python",
    mistake: "leaves the model's own list of what must not decay",
    needs: /no_weight_decay/,
    changes: ({ code }) => {
      const groups = /^ *(\w+) = .*\b(\w+)\.no_weight_decay\(\).*\n/m.exec(code);
      if (groups === null || !/def no_weight_decay\(/.test(code)) return undefined;
      const [line, name, model] = groups;
      for (const call of callsOf(code, /AdamW/)) {
        const [first] = call.arguments;
        if (first === undefined || first.value !== name) continue;
        if (argument(call, "weight_decay") === undefined) continue;
        return [
          { start: groups.index, end: groups.index + line.length, newText: "" },
          { start: first.start, end: first.end, newText: `${model}.parameters()` },
        ];
      }
      return undefined;
    },
    example: [
      "import torch",
      "from torch import nn",
      "class ViT(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.pos_embed = nn.Parameter(torch.zeros(1, 9, 64))",
      "        self.fc = nn.Linear(64, 10)",
      "    def no_weight_decay(self):",
      '        return {"pos_embed"}',
      "model = ViT()",
      "groups = param_groups_weight_decay(model, 0.05, model.no_weight_decay())",
      "opt = torch.optim.AdamW(groups, lr=1e-3, weight_decay=0.05)",
      "",
    ].join("\n"),
  },
];
