import { describe, expect, test } from "vitest";
import { decayRateExplodes as rule } from "../../../../server/src/rules/scale/decay-rate-explodes.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const AT_LEAST = "optim.AdamW(p, lr=0.5, weight_decay=0.1)";

describe("decay-rate-explodes", () => {
  test.each([
    ["an alias", "import torch.optim as o\no.AdamW(p, lr=0.5, «weight_decay=0.3»)"],
    ["another name", "from torch.optim import AdamW as A\nA(p, 0.5, «weight_decay=0.3»)"],
    ["by position", "optim.AdamW(p, 0.5, b, e, «0.3»)"],
    ["Adam with the flag", "optim.Adam(p, 0.5, «weight_decay=0.3», decoupled_weight_decay=True)"],
    ["the default decay", "optim.AdamW(p, «lr=10»)"],
    ["the default rate", "optim.AdamW(p, «weight_decay=300»)"],
    ["options in sight", "o = dict(lr=0.5, weight_decay=0.3)\noptim.AdamW(p, «**o»)"],
    ["names", "lr = 0.5\nwd = 0.3\noptim.AdamW(p, lr=lr, «weight_decay=wd»)"],
    ["Keras", "import keras\nkeras.optimizers.SGD(0.5, «weight_decay=0.3»)"],
    ["tf.keras", "import tensorflow as tf\ntf.keras.optimizers.AdamW(0.5, «0.3»)"],
    [
      "transformers",
      "from transformers import TrainingArguments\nTrainingArguments('o', learning_rate=0.5, «weight_decay=0.3»)",
    ],
    ["optax", "optax.adamw(0.5, «weight_decay=0.3»)"],
    [
      "a method",
      "class T:\n    def f(self):\n        return optim.AdamW(self.p, lr=0.5, «weight_decay=0.3»)",
    ],
    [
      "a falling schedule",
      `opt = optim.AdamW(p, lr=0.5, «weight_decay=0.3»)\noptim.lr_scheduler.StepLR(opt, 3)`,
    ],
  ])("marks it: %s", (_name, code) => checkRule(rule, code));

  test.each([
    ["optim.AdamW(p, lr=1, weight_decay=2)", "error", /turns the sign/],
    ["optim.AdamW(p, lr=1, weight_decay=1)", "error", /to zero/],
    [AT_LEAST, "warning", /5 % in each step, so half of it is gone after 14/],
    ["def f(wd=2):\n    optim.AdamW(p, lr=1, weight_decay=wd)", "warning", /2/],
  ])("%j is of severity %s", (code, severity, message) => {
    expect(findingsOf(rule, code)).toMatchObject([{ severity }]);
    expect(findingsOf(rule, code)[0]?.message).toMatch(message);
  });

  test("suggests a decay of a known time constant", () => {
    checkRule(
      rule,
      "wd = 0.3\noptim.AdamW(p, lr=0.5, «weight_decay=wd»)",
      "wd = 2e-4\noptim.AdamW(p, lr=0.5, weight_decay=wd)",
    );
  });

  test.each([
    ["usual numbers", "optim.AdamW(p, lr=3e-4, weight_decay=0.1)"],
    ["an unknown rate", "optim.AdamW(p, lr=lr, weight_decay=0.9)"],
    ["an unknown decay", "optim.AdamW(p, lr=0.5, weight_decay=wd)"],
    ["open options", "optim.AdamW(p, lr=100, **options)"],
    ["L2 in Adam", "optim.Adam(p, lr=0.5, weight_decay=0.3)"],
    ["SGD", "optim.SGD(p, lr=0.5, weight_decay=0.3)"],
    ["LambdaLR", `opt = ${AT_LEAST}\ntorch.optim.lr_scheduler.LambdaLR(opt, f)`],
    ["a schedule of one's own", `opt = ${AT_LEAST}\nWarmupScheduler(opt)`],
    ["Noam", `opt = NoamOpt(512, ${AT_LEAST})`],
    ["a rate set by hand", `opt = ${AT_LEAST}\nfor g in opt.param_groups:\n    g['lr'] = f(step)`],
    ["LAMB", "optax.lamb(0.5, weight_decay=0.3)"],
    [
      "a decay without the rate",
      "from composer.optim import DecoupledAdamW\nDecoupledAdamW(p, lr=0.5, weight_decay=0.3)",
    ],
    ["another library", "from mine import AdamW\nAdamW(p, lr=0.5, weight_decay=0.3)"],
    ["half-typed", "optim.AdamW(p, lr=0.5, weight_decay="],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("stays silent in tests", () => {
    checkRule(rule, "optim.AdamW(p, lr=1, weight_decay=2)", undefined, { path: "test_optim.py" });
  });
});
