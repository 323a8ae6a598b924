import { argument, inCall, numberIn, withArgument } from "../edits.ts";
import type { Mutator } from "../mutator.ts";
import { TORCH } from "../training-loop.ts";

const KERAS = /\bkeras\b/;
const SKLEARN = /\bsklearn\b/;

const percent = (share: number) => String(Math.round(share * 100));

export const scaleMutators: readonly Mutator[] = [
  {
    code: "NL202",
    language: "python",
    mistake: "writes a weight decay of 0.5",
    needs: TORCH,
    changes: inCall(/SGD/, (call, { code }) => {
      const decay = numberIn(argument(call, "weight_decay"));
      if (!/nn\.Linear\(\d{2,}, \d{3,}\)|nn\.Conv2d\(\d+, \d{2,}/.test(code)) return undefined;
      if (!/^(torch\.)?optim\.SGD$/.test(call.name) || decay === undefined) return undefined;
      return decay > 0 && decay < 0.01 ? [withArgument(call, "weight_decay", "0.5")] : undefined;
    }),
    example: [
      "import torch",
      "from torch import nn",
      "net = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 10))",
      "opt = torch.optim.SGD(net.parameters(), lr=0.1, weight_decay=5e-4)",
      "",
    ].join("\n"),
  },
  {
    code: "NL202",
    language: "python",
    mistake: "writes l2(0.5) for l2(1e-4)",
    needs: KERAS,
    changes: inCall(/l2/, (call, { code }) => {
      const [first] = call.arguments;
      const strength = numberIn(first?.value);
      const layer = /(?:Dense\(|units=)(\d+)[^()]*$/.exec(code.slice(0, call.start));
      if (layer === null || Number(layer[1]) < 640) return undefined;
      if (first === undefined || strength === undefined || strength > 0.02) return undefined;
      return [{ start: first.valueStart, end: first.end, newText: "0.5" }];
    }),
    example: [
      "from keras import Sequential, layers, regularizers",
      "model = Sequential([",
      "    layers.Input((784,)),",
      '    layers.Dense(1024, activation="relu", kernel_regularizer=regularizers.l2(1e-4)),',
      "    layers.Dense(10),",
      "])",
      'model.compile("adam", "mse")',
      "model.fit(x, y)",
      "",
    ].join("\n"),
  },
  {
    code: "NL205",
    language: "python",
    mistake: "gives a dropout rate in percent",
    needs: TORCH,
    changes: inCall(/Dropout(?:[123]d)?/, (call) => {
      const [first] = call.arguments;
      const rate = numberIn(first?.value);
      if (first === undefined || rate === undefined || rate < 0.02 || rate >= 1) return undefined;
      if (first.keyword !== undefined && first.keyword !== "p") return undefined;
      return [{ start: first.valueStart, end: first.end, newText: percent(rate) }];
    }),
    example: "import torch.nn as nn\ndrop = nn.Dropout(0.5)\n",
  },
  {
    code: "NL205",
    language: "python",
    mistake: "gives a dropout rate in percent to Keras",
    needs: KERAS,
    without: TORCH,
    changes: inCall(/Dropout/, (call) => {
      const [first] = call.arguments;
      const rate = numberIn(first?.value);
      if (first === undefined || rate === undefined || rate < 0.02 || rate >= 1) return undefined;
      return [{ start: first.valueStart, end: first.end, newText: percent(rate) }];
    }),
    example: "from keras import layers\ndrop = layers.Dropout(0.5)\n",
  },
  {
    code: "NL208",
    language: "python",
    mistake: "passes λ as C",
    needs: SKLEARN,
    changes: inCall(/LogisticRegression|LinearSVC|SVC|SVR/, (call) =>
      numberIn(argument(call, "C")) === undefined
        ? undefined
        : [withArgument(call, "C", "args.weight_decay")],
    ),
    example:
      "from sklearn.linear_model import LogisticRegression\nclf = LogisticRegression(C=0.5)\n",
  },
  {
    code: "NL208",
    language: "python",
    mistake: "passes C as alpha",
    needs: SKLEARN,
    changes: inCall(/Ridge|Lasso|RidgeClassifier/, (call) =>
      argument(call, "alpha") === undefined ? undefined : [withArgument(call, "alpha", "args.C")],
    ),
    example: "from sklearn.linear_model import Ridge\nreg = Ridge(alpha=0.1)\n",
  },
];
