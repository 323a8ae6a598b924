import { inCall, lineAt } from "../edits.ts";
import type { Mutator } from "../mutator.ts";
import { TORCH } from "../training-loop.ts";

export const transferMutators: readonly Mutator[] = [
  {
    code: "NL801",
    language: "python",
    mistake: "freezes weights by zeros in their gradient",
    needs: TORCH,
    changes: ({ code }) => {
      const made =
        /= (?:torch\.)?optim\.(?:SGD|AdamW)\((model|net)\.parameters\(\).*weight_decay ?= ?(?:0\.0*[1-9]|\d+e-)/.exec(
          code,
        );
      const layer = /^ *self\.(\w*(?:conv1|layer1|embedding|backbone|fc1|features)) = nn\./m.exec(
        code,
      );
      const backward = /^( *)\w*loss\.backward\(\)\n/m.exec(code);
      if (made === null || layer === null || backward === null) return undefined;
      const end = backward.index + backward[0].length;
      const [, indent = ""] = backward;
      const newText = `${indent}for p in ${made[1]}.${layer[1]}.parameters():\n${indent}    p.grad.zero_()\n`;
      return [{ start: end, end, newText }];
    },
    example: [
      "import torch",
      "from torch import nn",
      "class Net(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.conv1 = nn.Conv2d(3, 64, 3)",
      "        self.fc = nn.Linear(64, 10)",
      "net = Net()",
      "opt = torch.optim.SGD(net.parameters(), lr=0.1, weight_decay=5e-4)",
      "for x, y in loader:",
      "    opt.zero_grad()",
      "    loss = ce(net(x), y)",
      "    loss.backward()",
      "    opt.step()",
      "",
    ].join("\n"),
  },
  {
    code: "NL803",
    language: "python",
    mistake: "trains a pretrained model and its new head at one high rate",
    needs: /pretrained=True|weights=|from_pretrained/,
    changes: inCall(/SGD|Adam/, (call, { code }) => {
      const [first] = call.arguments;
      if (first === undefined || !/^(torch\.)?optim\./.test(call.name)) return undefined;
      const model = /^(\w+)\.(?:fc|classifier(?:\[\d+\])?|head) ?= ?(?:torch\.)?nn\./m.exec(
        code.replaceAll(/^ +/gm, ""),
      )?.[1];
      if (model === undefined || first.value === `${model}.parameters()`) return undefined;
      if (/requires_grad/.test(code)) return undefined;
      return [{ start: first.start, end: call.close, newText: `${model}.parameters(), lr=0.01` }];
    }),
    example: [
      "import torch",
      "from torch import nn, optim",
      "from torchvision.models import resnet18",
      "model = resnet18(weights='DEFAULT')",
      "model.fc = nn.Linear(512, 10)",
      "base = [p for n, p in model.named_parameters() if not n.startswith('fc')]",
      "opt = optim.SGD([{'params': base, 'lr': 1e-4}, {'params': model.fc.parameters()}], lr=1e-2)",
      "",
    ].join("\n"),
  },
  {
    code: "NL805",
    language: "python",
    mistake: "compiles before it thaws the layers, not after",
    elsewhere: /_test\.py$/,
    needs: /\.trainable ?=/,
    changes: ({ code }) => {
      const line =
        /^( *)(?:\w+\.)*\w*(?:layers?|base|model|conv_base)\w*\.trainable = (?:True|False)\n/gm;
      for (const change of code.matchAll(line)) {
        const behind = code.slice(change.index);
        const compile = /^( *)(\w+)\.compile\(/m.exec(behind);
        if (compile === null) continue;
        if (behind.slice(0, compile.index).includes(`\n${compile[2]} = `)) continue;
        // From where this model was made, not another one of the same name.
        const made = code.lastIndexOf(`\n${compile[2]} = `, change.index);
        const before = code.slice(Math.max(0, made), change.index);
        if (!new RegExp(`\\b${compile[2]}\\.fit\\(`).test(before)) continue;
        const start = change.index + compile.index;
        const fit = new RegExp(`\\b${compile[2]}\\.fit\\(`).exec(code.slice(start));
        if (fit === null) continue;
        const { start: lineStart } = lineAt(code, start + (compile[1]?.length ?? 0));
        let depth = 0;
        let end = start;
        do {
          end += 1;
          if (code[end] === "(") depth += 1;
          if (code[end] === ")") depth -= 1;
        } while (end < code.length && (depth > 0 || code[end] !== ")"));
        return [{ start: lineStart, end: lineAt(code, end).end, newText: "" }];
      }
      return undefined;
    },
    example: [
      "import keras",
      "base = keras.applications.VGG16(include_top=False)",
      "base.trainable = False",
      "model = keras.Sequential([base, keras.layers.Dense(1)])",
      'model.compile("adam", "mse")',
      "model.fit(ds, epochs=5)",
      "base.trainable = True",
      'model.compile(keras.optimizers.Adam(1e-5), "mse")',
      "model.fit(ds, epochs=5)",
      "",
    ].join("\n"),
  },
  {
    code: "NL806",
    language: "python",
    mistake: "thaws parameters that the optimizer was not given",
    needs: TORCH,
    changes: ({ code }) => {
      const step = /^( *)(?:\w+\.)*(?:model|net)\.train\(\)\n/m;
      const made =
        /^( *)(\w+) = (?:torch\.)?optim\.\w+\(filter\(lambda p: p\.requires_grad, (\w+)\.parameters\(\)\).*\)\n/m.exec(
          code,
        );
      if (made === null || step === undefined) return undefined;
      const end = made.index + made[0].length;
      const [, indent = "", , model = ""] = made;
      const newText = `${indent}for p in ${model}.parameters():\n${indent}    p.requires_grad = True\n`;
      return [{ start: end, end, newText }];
    },
    example: [
      "import torch",
      "from torch import optim",
      "for p in net.features.parameters():",
      "    p.requires_grad = False",
      "opt = optim.SGD(filter(lambda p: p.requires_grad, net.parameters()), lr=0.1)",
      "for x, y in loader:",
      "    loss = ce(net(x), y)",
      "    loss.backward()",
      "    opt.step()",
      "",
    ].join("\n"),
  },
];
