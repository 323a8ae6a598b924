import { describe, expect, test } from "vitest";
import { weightDecayKwUnsupported as rule } from "../../../../server/src/rules/optimizer/weight-decay-kw-unsupported.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

describe("weight-decay-kw-unsupported", () => {
  test.each([
    ["LBFGS", "optim.LBFGS(p, «weight_decay=1e-4»)", "optim.LBFGS(p)"],
    ["first", "optim.Rprop(«weight_decay=1e-4», lr=1)", "optim.Rprop(lr=1)"],
    ["alone", "optim.SparseAdam(«weight_decay=1e-4»,)", "optim.SparseAdam()"],
    [
      "an alias",
      "from torch.optim import LBFGS as L\nL(p, «weight_decay=wd»)",
      "from torch.optim import LBFGS as L\nL(p)",
    ],
    ["optax", "optax.adam(lr, «weight_decay=wd»)", "optax.adamw(lr, weight_decay=wd)"],
    [
      "an import",
      "from optax import adam\nadam(lr, «weight_decay=wd»)",
      "from optax import adam, adamw\nadamw(lr, weight_decay=wd)",
    ],
    [
      "optax.sgd in a chain",
      "optax.chain(optax.clip(1), optax.sgd(lr, «weight_decay=wd»))",
      "optax.chain(optax.clip(1), optax.sgd(lr))",
    ],
    [
      "legacy Keras",
      "import keras\nkeras.optimizers.legacy.Adam(«weight_decay=wd»)",
      "import keras\nkeras.optimizers.legacy.Adam()",
    ],
  ])("corrects %s", (_name, bad, good) => {
    checkRule(rule, bad, good);
    checkRule(rule, good);
  });

  test.each([
    ["AdamW", "optim.AdamW(p, weight_decay=1e-4)"],
    ["Keras", "import keras\nkeras.optimizers.Adam(weight_decay=1e-4)"],
    ["optax with decay", "optax.adadelta(lr, weight_decay=wd)"],
    ["a class of the same name", "from mine import LBFGS\nLBFGS(p, weight_decay=1e-4)"],
    ["a class in the document", "class LBFGS:\n    pass\nLBFGS(p, weight_decay=1e-4)"],
    ["none given", "optim.LBFGS(p)"],
    ["a splat", "optim.LBFGS(p, **options)"],
    ["timm", "import timm\ntimm.optim.create_optimizer_v2(m, 'x', weight_decay=1)"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("is total on half-typed code", () => {
    expect(() => findingsOf(rule, "optim.LBFGS(p, weight_decay=")).not.toThrow();
  });
});
