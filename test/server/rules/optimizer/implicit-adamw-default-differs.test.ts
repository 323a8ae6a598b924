import { describe, test } from "vitest";
import { implicitAdamwDefaultDiffers as rule } from "../../../../server/src/rules/optimizer/implicit-adamw-default-differs.ts";
import { checkRule } from "../../../support/check-rule.ts";

const OPTION = `import argparse
from torch import optim
parser = argparse.ArgumentParser()
parser.add_argument("--weight-decay", type=float, default=0.1)
args = parser.parse_args()
`;

describe("implicit-adamw-default-differs", () => {
  test.each([
    [
      "an option",
      `${OPTION}«optim.AdamW»(p, lr=1e-3)`,
      `${OPTION}optim.AdamW(p, lr=1e-3, weight_decay=0.1)`,
    ],
    [
      "a constant",
      "from torch.optim import AdamW as A\nWEIGHT_DECAY = 0.1\n«A»(p)",
      "from torch.optim import AdamW as A\nWEIGHT_DECAY = 0.1\nA(p, weight_decay=0.1)",
    ],
    [
      "a port",
      "«optax.adamw»(1e-3)  # same as in PyTorch",
      "optax.adamw(1e-3, weight_decay=0.01)  # same as in PyTorch",
    ],
    [
      "a port in a method",
      "import keras\nclass T:\n    def f(self):\n        return «keras.optimizers.AdamW»(1e-3)  # ported from torch",
      "import keras\nclass T:\n    def f(self):\n        return keras.optimizers.AdamW(1e-3, weight_decay=0.01)  # ported from torch",
    ],
  ])("makes it explicit: %s", (_name, bad, good) => {
    checkRule(rule, bad, good);
    checkRule(rule, good);
  });

  test.each([
    ["handed over", `${OPTION}optim.AdamW(p, weight_decay=args.weight_decay)`],
    [
      "read elsewhere",
      `${OPTION}optim.AdamW(p)\noptim.SGD(q, 0.1, weight_decay=args.weight_decay)`,
    ],
    ["options handed over as a whole", `${OPTION}optim.AdamW(p)\nbuild(**vars(args))`],
    ["groups", `${OPTION}optim.AdamW([{"params": p, "weight_decay": 0.1}])`],
    ["a splat", `${OPTION}optim.AdamW(p, **o)`],
    ["the same value", "from torch import optim\nWEIGHT_DECAY = 0.01\noptim.AdamW(p)"],
    ["no default decay", `${OPTION}optim.Adam(p)`],
    ["two declarations", `${OPTION}WEIGHT_DECAY = 0.2\noptim.AdamW(p)`],
    ["an unknown value", "from torch import optim\nWEIGHT_DECAY = f()\noptim.AdamW(p)"],
    ["another comment", "optax.adamw(1e-3)  # torch is not needed"],
    ["the same library", "torch.optim.AdamW(p)  # as in torch"],
    ["half-typed", `${OPTION}optim.AdamW(p, weight_decay=`],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));
});
