import { describe, test } from "vitest";
import { optaxDecayWithoutMask as rule } from "../../../../server/src/rules/placement/optax-decay-without-mask.ts";
import { checkRule } from "../../../support/check-rule.ts";

const NET = `from flax import linen as nn
import optax
from optax import adamw
class Net(nn.Module):
    @nn.compact
    def __call__(self, x):
        return nn.Dense(2)(nn.BatchNorm()(x))
`;
const MASK = ", mask=lambda ps: jax.tree.map(lambda x: x.ndim > 1, ps)";

describe("optax-decay-without-mask", () => {
  test("marks the optimizer and decays matrices only", () => {
    checkRule(
      rule,
      `${NET}tx = «optax.adamw»(1e-3, weight_decay=0.1)`,
      `${NET.replace("import adamw\n", "import adamw\nimport jax\n")}tx = optax.adamw(1e-3, weight_decay=0.1${MASK})`,
    );
  });

  test.each([
    ["a name of its own", "tx = «adamw»(1e-3, weight_decay=0.1)"],
    ["lion", "tx = «optax.lion»(1e-3, weight_decay=0.1)"],
    ["positional decay", "tx = «optax.adamw»(1e-3, 0.9, 0.999, 1e-8, 0.0, None, 0.1)"],
    ["a function", "def make():\n    return «optax.adamw»(1e-3, weight_decay=0.1)"],
    ["once a file", "a = «optax.adamw»(1, weight_decay=0.1)\nb = optax.adamw(1, weight_decay=0.1)"],
  ])("marks %s", (_name, code) => checkRule(rule, NET + code));

  test("sees a model of another file", () => {
    const code = "import optax\nfrom net import Net\ntx = «optax.adamw»(1e-3, weight_decay=0.1)";
    checkRule(rule, code, undefined, { files: [{ path: "net.py", text: NET }] });
  });

  test.each([
    ["a mask", "tx = optax.adamw(1e-3, weight_decay=0.1, mask=m)"],
    ["a mask by position", "tx = optax.adamw(1e-3, 0.9, 0.999, 1e-8, 0.0, None, 0.1, m)"],
    ["the default", "tx = optax.adamw(1e-3)"],
    ["a small decay", "tx = optax.adamw(1e-3, weight_decay=1e-4)"],
    ["no decay", "tx = optax.adam(1e-3)"],
    ["a decay that is not known", "tx = optax.adamw(1e-3, weight_decay=cfg.wd)"],
    ["options from elsewhere", "tx = optax.adamw(1e-3, weight_decay=0.1, **options)"],
    ["parts", "tx = optax.multi_transform({'a': optax.adamw(1, weight_decay=0.1)}, labels)"],
    ["a mask around it", "tx = optax.masked(optax.adamw(1, weight_decay=0.1), m)"],
    ["half-typed code", "tx = optax.adamw(1e-3, weight_decay="],
  ])("stays silent: %s", (_name, code) => checkRule(rule, NET + code));

  test("stays silent: a model without norms", () => {
    checkRule(
      rule,
      `${NET.replace("nn.BatchNorm()(x)", "x")}tx = optax.adamw(1, weight_decay=0.1)`,
    );
  });
});
