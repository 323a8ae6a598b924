import { describe, expect, test } from "vitest";
import { decayIsNoop as rule } from "../../../../server/src/rules/scale/decay-is-noop.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

describe("decay-is-noop", () => {
  test.each([
    ["AdamW", "optim.AdamW(p, lr=1e-3, «weight_decay=3e-7»)"],
    ["an alias", "from torch.optim import AdamW as A\nA(p, 1e-3, «weight_decay=3e-7»)"],
    ["the default rate", "optim.AdamW(p, «weight_decay=3e-7»)"],
    ["SGD", "optim.SGD(p, lr=1e-4, «weight_decay=1e-8»)"],
    ["optax", "optax.adamw(1e-3, «weight_decay=3e-7»)"],
    ["Keras", "import keras\nkeras.optimizers.Adam(1e-3, «weight_decay=3e-7»)"],
    ["a default", "def f(p, wd=3e-7):\n    return optim.AdamW(p, lr=1e-3, «weight_decay=wd»)"],
    [
      "a layer",
      "import keras\nkeras.layers.Dense(8, kernel_regularizer=keras.regularizers.l2(«1e-10»))",
    ],
    [
      "a loss",
      "import torch\nloss = F.mse_loss(net(x), y) + «1e-10» * sum(p.pow(2).sum() for p in net.parameters())\nloss.backward()",
    ],
  ])("notes it: %s", (_name, code) => checkRule(rule, code));

  test("suggests a decay and says how slow this one is", () => {
    const code = "optim.AdamW(p, lr=1e-3, «weight_decay=3e-7»)";
    checkRule(rule, code, "optim.AdamW(p, lr=1e-3, weight_decay=0.1)");
    expect(findingsOf(rule, code.replaceAll(/[«»]/g, ""))[0]?.message).toContain("3e9 steps");
  });

  test.each([
    ["zero", "optim.AdamW(p, lr=1e-3, weight_decay=0)"],
    ["small but at work", "optim.AdamW(p, lr=1e-3, weight_decay=1e-5)"],
    ["an unknown rate", "optim.AdamW(p, lr=lr, weight_decay=3e-7)"],
    ["a schedule", "o = optim.AdamW(p, lr=1e-3, weight_decay=3e-7)\nOneCycleLR(o, 1)"],
    ["a schedule of one's own", "o = optim.SGD(p, lr=1e-7, weight_decay=1e-4)\nFindLR(o, 1)"],
    ["L2 in Adam", "optim.Adam(p, lr=1e-3, weight_decay=3e-7)"],
    ["no decay at all", "optim.LBFGS(p)"],
    ["SGD with momentum", "optim.SGD(p, lr=1e-3, momentum=0.99, weight_decay=1e-7)"],
    [
      "a decay without the rate",
      "from composer.optim import DecoupledAdamW\nDecoupledAdamW(p, lr=1e-3, weight_decay=3e-7)",
    ],
    ["a usual layer penalty", "import keras\nkeras.layers.Dense(8, kernel_regularizer='l2')"],
    ["half-typed", "optim.AdamW(p, lr=1e-3, weight_decay=3e-7 *"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("stays silent in tests", () => {
    checkRule(rule, "optim.AdamW(p, weight_decay=3e-7)", undefined, { path: "tests/a.py" });
  });
});
