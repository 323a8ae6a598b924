import { describe, test } from "vitest";
import { adamL2IsNotWeightDecay as rule } from "../../../../server/src/rules/optimizer/adam-l2-is-not-weight-decay.ts";
import { checkRule } from "../../../support/check-rule.ts";

describe("adam-l2-is-not-weight-decay", () => {
  test.each([
    ["Adam", "optim.Adam(p, «weight_decay=1e-4»)", "optim.AdamW(p, weight_decay=0.01)"],
    [
      "an alias",
      "import torch.optim as o\no.Adam(p, «weight_decay=1e-4»)",
      "import torch.optim as o\no.AdamW(p, weight_decay=0.01)",
    ],
    [
      "an import",
      "from torch.optim import Adam\nAdam(p, «weight_decay=1e-4»)",
      "from torch.optim import Adam, AdamW\nAdamW(p, weight_decay=0.01)",
    ],
    [
      "by position",
      "decay = 1e-4\noptim.Adam(p, 1e-3, b, e, «decay»)",
      "decay = 0.01\noptim.AdamW(p, 1e-3, b, e, decay)",
    ],
    [
      "RAdam",
      "optim.RAdam(p, «weight_decay=1e-4»)",
      "optim.RAdam(p, weight_decay=0.01, decoupled_weight_decay=True)",
    ],
    [
      "a name",
      "wd = 1e-4\noptim.Adam(p, «weight_decay=wd»)",
      "wd = 0.01\noptim.AdamW(p, weight_decay=wd)",
    ],
    [
      "options",
      "o = {'weight_decay': 1e-4}\noptim.Adam(p, «**o»)",
      "o = {'weight_decay': 0.01}\noptim.AdamW(p, **o)",
    ],
    [
      "a method",
      "class T:\n    def f(self):\n        return optim.Adam(self.p, «weight_decay=1e-4»)",
      "class T:\n    def f(self):\n        return optim.AdamW(self.p, weight_decay=0.01)",
    ],
  ])("offers decoupled decay: %s", (_name, bad, good) => checkRule(rule, bad, good));

  test.each([
    [
      "optax spelled out",
      "optax.chain(«optax.add_decayed_weights(1e-4)», optax.scale_by_adam(), optax.scale(-lr))",
    ],
    ["RMSprop", "optim.RMSprop(p, «weight_decay=1e-4»)"],
    ["optax", "optax.chain(«optax.add_decayed_weights(1e-4)», optax.adam(1e-3))"],
    [
      "apex without its default",
      "from apex.optimizers import FusedAdam\nFusedAdam(p, adam_w_mode=False, «weight_decay=1e-4»)",
    ],
    ["a default", "def f(p, wd=1e-4):\n    return optim.Adam(p, «weight_decay=wd»)"],
  ])("notes it: %s", (_name, code) => checkRule(rule, code));

  test.each([
    ["AdamW", "optim.AdamW(p, weight_decay=1e-4)"],
    ["SGD", "optim.SGD(p, lr=1, weight_decay=1e-4)"],
    ["the flag", "optim.Adam(p, weight_decay=1e-4, decoupled_weight_decay=True)"],
    ["a flag that is not known", "optim.Adam(p, weight_decay=1e-4, decoupled_weight_decay=d)"],
    ["zero", "optim.Adam(p, weight_decay=0)"],
    ["next to nothing", "optim.Adam(p, weight_decay=1e-6)"],
    ["unknown", "optim.Adam(p, weight_decay=wd)"],
    ["Keras", "import keras\nkeras.optimizers.Adam(weight_decay=1e-4)"],
    ["DeepSpeed", "from deepspeed.ops.adam import FusedAdam\nFusedAdam(p, weight_decay=1e-4)"],
    ["a reproduction", "# as in the paper\noptim.Adam(p, weight_decay=5e-4)"],
    ["graphs", "from torch_geometric.nn import GCNConv\noptim.Adam(p, weight_decay=5e-4)"],
    [
      "optax the other way round",
      "optax.chain(optax.scale_by_adam(), optax.add_decayed_weights(1e-4), optax.scale(-lr))",
    ],
    ["a graph network by name", "gcn = Net()\noptim.Adam(gcn.parameters(), weight_decay=5e-4)"],
    ["a GAN", "discriminator = Net()\noptim.Adam(discriminator.parameters(), weight_decay=1e-5)"],
    ["half-typed", "optim.Adam(p, weight_decay="],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("speaks once of a number that several optimizers share", () => {
    checkRule(rule, "o = dict(weight_decay=1e-4)\noptim.Adam(a, «**o»)\noptim.Adam(b, **o)");
  });

  test("stays silent in tests", () => {
    checkRule(rule, "optim.Adam(p, weight_decay=1)", undefined, { path: "test_adam.py" });
  });
});
