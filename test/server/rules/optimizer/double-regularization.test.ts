import { describe, expect, test } from "vitest";
import { doubleRegularization as rule } from "../../../../server/src/rules/optimizer/double-regularization.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const SUM = "sum(p.pow(2).sum() for p in net.parameters())";
const train = (optimizer: string, penalty: string) =>
  `import torch\nfrom torch import optim\nimport torch.nn.functional as F\nopt = ${optimizer}\nloss = F.cross_entropy(net(x), y) + ${penalty}\nloss.backward()\nopt.step()\n`;
const SGD = "optim.SGD(net.parameters(), lr=0.1, «weight_decay=1e-4»)";
const PLAIN = SGD.replaceAll(/[«»]/g, "");
const KERAS =
  "import keras\nfrom keras import layers\nmodel = keras.Sequential([layers.Dense(8, kernel_regularizer='l2')])\n";
const compiled = (optimizer: string) => `${KERAS}model.compile(optimizer=${optimizer})`;

describe("double-regularization", () => {
  test.each([
    ["squares", train(SGD, `1e-4 * ${SUM}`)],
    ["a norm", train(SGD, "1e-4 * sum(torch.norm(p) ** 2 for p in net.parameters())")],
    ["a helper by name", train(SGD, "1e-4 * l2(net)")],
    ["a part of the model", train(SGD, "1e-4 * net.fc.weight.pow(2).sum()")],
    ["AdamW's default", train("«optim.AdamW»(net.parameters())", `1e-4 * ${SUM}`)],
    ["an alias", train("torch.optim.Adam(net.parameters(), «weight_decay=0.1»)", `1e-4 * ${SUM}`)],
    ["Keras", compiled("keras.optimizers.AdamW(1e-3, «weight_decay=0.01»)")],
    ["Keras by name", compiled("«'adamw'»")],
    [
      "Keras, layer by layer",
      "import keras\nmodel = keras.Sequential()\nmodel.add(keras.layers.Dense(8, kernel_regularizer='l2'))\nopt = keras.optimizers.SGD(0.1, «weight_decay=0.01»)\nmodel.compile(optimizer=opt)",
    ],
    [
      "Keras, a functional model",
      "import keras\nh = keras.layers.Dense(8, kernel_regularizer='l2')(x)\nmodel = keras.Model(x, h)\nmodel.compile(optimizer=keras.optimizers.AdamW(1e-3, «0.01»))",
    ],
    [
      "a method",
      `import torch\nfrom torch import optim\nclass T:\n    def __init__(self):\n        self.opt = optim.SGD(self.net.parameters(), 0.1, «weight_decay=0.1»)\n    def step(self, x, y):\n        loss = torch.nn.functional.mse_loss(self.net(x), y) + 0.1 * sum(p.pow(2).sum() for p in self.net.parameters())\n        loss.backward()\n`,
    ],
  ])("marks it: %s", (_name, code) => checkRule(rule, code));

  test("offers to leave the decay out", () => {
    checkRule(
      rule,
      train(SGD, `1e-4 * ${SUM}`),
      train(PLAIN.replace("1e-4", "0.0"), `1e-4 * ${SUM}`),
    );
    checkRule(
      rule,
      train("«optim.AdamW»(net.parameters())", `1e-4 * ${SUM}`),
      train("optim.AdamW(net.parameters(), weight_decay=0.0)", `1e-4 * ${SUM}`),
    );
  });

  test.each([
    [
      "L1 beside L2 may be meant",
      train(PLAIN, "1e-4 * sum(p.abs().sum() for p in net.parameters())"),
      "hint",
    ],
    ["an unknown λ may be 0", train(PLAIN, `lam * ${SUM}`), "information"],
    ["both known", train(PLAIN, `1e-4 * ${SUM}`), "warning"],
  ])("severity: %s", (_name, code, severity) => {
    expect(findingsOf(rule, code)).toMatchObject([{ severity }]);
  });

  test.each([
    ["no decay", train("optim.SGD(net.parameters(), lr=0.1)", `1e-4 * ${SUM}`)],
    ["a decay of 0", train("optim.AdamW(net.parameters(), weight_decay=0)", `1e-4 * ${SUM}`)],
    [
      "an unknown decay",
      train("optim.SGD(net.parameters(), 0.1, weight_decay=wd)", `1e-4 * ${SUM}`),
    ],
    ["open options", train("optim.AdamW(net.parameters(), **o)", `1e-4 * ${SUM}`)],
    ["no penalty", train(PLAIN, "0.5 * F.mse_loss(a, b)")],
    ["a penalty of 0", train(PLAIN, `0.0 * ${SUM}`)],
    ["another module", train(PLAIN, "1e-4 * sum(p.pow(2).sum() for p in head.parameters())")],
    ["only logged", train(PLAIN, "0").replace("opt.step()", `print(1e-4 * ${SUM})`)],
    ["groups of one's own", train("optim.SGD(groups, 0.1, weight_decay=0.1)", `1e-4 * ${SUM}`)],
    ["Keras without decay", compiled("keras.optimizers.Adam(1e-3)")],
    ["Keras, only the bias", compiled("keras.optimizers.AdamW(1e-3)").replace("kernel_", "bias_")],
    [
      "under a condition",
      `${train(PLAIN, "0").replace("loss.backward()", `if args.l2:\n    loss = loss + 1e-4 * ${SUM}\nloss.backward()`)}`,
    ],
    ["half-typed", train(PLAIN, "1e-4 * sum(p.pow(2)")],
    [
      "a layer of no model",
      "import keras\nlayer = keras.layers.Dense(8, kernel_regularizer='l2')\nmodel.compile('adamw')",
    ],
    [
      "another model",
      "import keras\nfrom keras import layers\na = keras.Sequential([layers.Dense(8, kernel_regularizer='l2')])\nb = keras.Sequential([layers.Dense(8)])\nb.compile('adamw')",
    ],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("stays silent in tests", () => {
    checkRule(rule, train(PLAIN, `1e-4 * ${SUM}`), undefined, { path: "test_train.py" });
  });
});
