import { describe, expect, test } from "vitest";
import { optaxChainFacts } from "../../../server/src/facts/optax-chain.ts";
import { factsOf } from "../../support/facts-of.ts";

/** Roles of the elements of every chain. */
const rolesIn = (text: string) =>
  factsOf(optaxChainFacts, text).map(({ elements }) => elements.map(({ role }) => role));

describe("optaxChainFacts", () => {
  test.each([
    ["optax.chain(optax.clip(1.0), optax.adam(1e-3))", [["other", "optimizer"]]],
    [
      "optax.chain(optax.scale_by_adam(), optax.add_decayed_weights(wd), optax.scale(-lr))",
      [["rescale", "decay", "negative rate"]],
    ],
    [
      "optax.chain(optax.scale_by_adam(), optax.scale_by_learning_rate(lr))",
      [["rescale", "negative rate"]],
    ],
    ["optax.chain(optax.scale(lr), optax.scale_by_schedule(f))", [["scale", "scale"]]],
    ["optax.chain(optax.scale(-1e-3 * k))", [["negative rate"]]],
    ["optax.chain(optax.scale_by_learning_rate(lr, flip_sign=False))", [["scale"]]],
    ["import optax as o\no.chain(o.sgd(lr), o.add_decayed_weights(wd))", [["optimizer", "decay"]]],
    [
      "from optax import chain, sgd, add_decayed_weights as d\nchain(d(wd), sgd(lr))",
      [["decay", "optimizer"]],
    ],
    ["optax.chain(optax.chain(optax.sgd(1)), optax.clip(1))", [["optimizer", "other"]]],
    [
      "inner = optax.chain(optax.clip(1), optax.sgd(1))\noptax.chain(inner, optax.add_decayed_weights(wd))",
      [["other", "optimizer", "decay"]],
    ],
    [
      "opt = optax.sgd(lr)\noptax.chain(opt, optax.add_decayed_weights(wd))",
      [["optimizer", "decay"]],
    ],
    ["optax.named_chain(('a', optax.sgd(1)), ('b', optax.clip(1)))", [["optimizer", "other"]]],
    ["optax.chain(optax.masked(optax.add_decayed_weights(wd), mask))", [["decay"]]],
    ["optax.chain(optax.inject_hyperparams(optax.adam)(learning_rate=lr))", [["optimizer"]]],
    ["optax.chain(*parts, mine(), optax.contrib.muon(1))", [["unknown", "unknown", "unknown"]]],
    ["itertools.chain(a, b)", []],
    ["optax.chain(", [[]]],
  ])("roles in %j", (text, roles) => expect(rolesIn(text)).toEqual(roles));

  test("tells which arguments stand in the chain itself", () => {
    const text = "optax.chain(optax.chain(optax.clip(1), optax.sgd(1)), optax.clip(2))";
    const [chain] = factsOf(optaxChainFacts, text);
    expect(chain?.elements.map(({ argument }) => argument !== undefined)).toEqual([
      false,
      false,
      true,
    ]);
  });
});
