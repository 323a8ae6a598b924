import { describe, expect, test } from "vitest";
import { optaxDecayAfterLrScaling as rule } from "../../../../server/src/rules/optimizer/optax-decay-after-lr-scaling.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const DECAY = "optax.add_decayed_weights(wd)";

describe("optax-decay-after-lr-scaling", () => {
  test.each([
    ["sgd", `optax.chain(optax.sgd(lr), «${DECAY}»)`, `optax.chain(${DECAY}, optax.sgd(lr))`],
    [
      "scale_by_learning_rate",
      `optax.chain(optax.scale_by_adam(), optax.scale_by_learning_rate(lr), «${DECAY}»)`,
      `optax.chain(optax.scale_by_adam(), ${DECAY}, optax.scale_by_learning_rate(lr))`,
    ],
    [
      "scale(-lr)",
      `optax.chain(optax.trace(0.9), optax.scale(-lr), «${DECAY}»)`,
      `optax.chain(optax.trace(0.9), ${DECAY}, optax.scale(-lr))`,
    ],
    [
      "on lines of their own",
      `tx = optax.chain(\n    optax.sgd(lr),\n    «${DECAY}»,\n)`,
      `tx = optax.chain(\n    ${DECAY}, optax.sgd(lr),\n)`,
    ],
    [
      "with clipping between",
      `optax.chain(optax.sgd(lr), optax.clip(1.0), «${DECAY}»)`,
      `optax.chain(${DECAY}, optax.sgd(lr), optax.clip(1.0))`,
    ],
  ])("moves the decay: %s", (_name, bad, good) => {
    checkRule(rule, bad, good);
    checkRule(rule, good);
    expect(findingsOf(rule, bad.replaceAll(/[«»]/g, ""))[0]?.fixes[0]?.safety).toBe("safe");
  });

  test.each([
    ["an alias", `import optax as o\no.chain(o.adam(lr), «o.add_decayed_weights(0.1)»)`],
    [
      "bare names",
      `from optax import *\nfrom optax import chain, sgd, add_decayed_weights as d\nchain(sgd(lr), «d(wd)»)`,
    ],
    [
      "by keyword",
      `optax.chain(optax.sgd(learning_rate=lr), «optax.add_decayed_weights(weight_decay=wd)»)`,
    ],
    ["masked", `optax.chain(optax.sgd(lr), «optax.masked(${DECAY}, mask)»)`],
    ["under names", `opt = optax.sgd(lr)\ndecay = ${DECAY}\noptax.chain(opt, «decay»)`],
    ["an inner chain", `optax.chain(optax.chain(optax.clip(1), optax.adam(lr)), «${DECAY}»)`],
    [
      "a method",
      `class T:\n    def tx(self):\n        return optax.chain(optax.adamw(lr), «${DECAY}»)`,
    ],
    ["a named chain", `optax.named_chain(('o', optax.sgd(lr)), «('d', ${DECAY})»)`],
  ])("marks it: %s", (_name, code) => checkRule(rule, code));

  test("before Adam the result is another one, and only a choice", () => {
    const findings = findingsOf(rule, `optax.chain(optax.adam(lr), ${DECAY})`);
    expect(findings[0]?.fixes.map(({ safety }) => safety)).toEqual(["unsafe"]);
    expect(findings[0]?.related).toHaveLength(1);
  });

  test.each([
    ["before", `optax.chain(${DECAY}, optax.sgd(lr))`],
    ["between", `optax.chain(optax.scale_by_adam(), ${DECAY}, optax.scale(-lr))`],
    ["a schedule afterwards", `optax.chain(optax.scale(-1), ${DECAY}, optax.scale_by_schedule(f))`],
    ["a factor of unknown sign before", `optax.chain(optax.scale(lr), ${DECAY})`],
    ["an unknown transformation after", `optax.chain(optax.sgd(lr), ${DECAY}, mine())`],
    ["an unknown transformation before", `optax.chain(mine(lr), ${DECAY})`],
    ["a splat", `optax.chain(*parts, ${DECAY})`],
    ["zero", "optax.chain(optax.sgd(lr), optax.add_decayed_weights(0.0))"],
    ["no value", "optax.chain(optax.sgd(lr), optax.add_decayed_weights())"],
    ["negative", "optax.chain(optax.sgd(lr), optax.add_decayed_weights(-lr * wd))"],
    ["negative number", "optax.chain(optax.sgd(lr), optax.add_decayed_weights(-1e-5))"],
    ["no decay", "optax.chain(optax.sgd(lr), optax.clip(1.0))"],
    ["another chain", `itertools.chain(optax.sgd(lr), ${DECAY})`],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("is total on half-typed code", () => {
    expect(() =>
      findingsOf(rule, `optax.chain(optax.sgd(lr), ${DECAY.slice(0, -2)}`),
    ).not.toThrow();
  });
});
