import { describe, test } from "vitest";
import { jaxFrozenByStopGradientDecays as rule } from "../../../../server/src/rules/transfer/jax-frozen-by-stop-gradient-decays.ts";
import { checkRule } from "../../../support/check-rule.ts";

const IMPORTS = "import jax\nimport optax\nimport optax as ox\nfrom jax import lax\n";
const LOSS = 'f = lambda p: loss(«lax.stop_gradient(p["bb"])», p["head"])\n';
const TX = "tx = optax.adamw(1e-3, weight_decay=1e-2)\n";

describe("jax-frozen-by-stop-gradient-decays", () => {
  test("marks the stop and leaves the part out", () => {
    checkRule(
      rule,
      IMPORTS + LOSS + TX,
      `${IMPORTS}${LOSS.replaceAll(/[«»]/g, "")}tx = optax.multi_transform({"train": optax.adamw(1e-3, weight_decay=1e-2), "freeze": optax.set_to_zero()}, lambda ps: {k: "freeze" if k == "bb" else "train" for k in ps})\n`,
    );
  });

  test.each([
    ["the default of adamw", "tx = ox.adamw(1e-3)", LOSS],
    ["lion", "tx = ox.lion(1e-3, weight_decay=0.1)", LOSS],
    [
      "a nested part",
      TX,
      'def loss(params):\n    return f(«jax.lax.stop_gradient(params["params"]["bb"])»)\n',
    ],
    ["a chain", "tx = optax.chain(optax.clip(1.0), optax.adamw(1e-3))", LOSS],
  ])("marks %s", (_name, tx, loss) => checkRule(rule, `${IMPORTS}${loss}${tx}`));

  const silent = LOSS.replaceAll(/[«»]/g, "");
  test.each([
    ["no decay", `${silent}tx = optax.adam(1e-3)`],
    ["a decay of 0", `${silent}tx = optax.adamw(1e-3, weight_decay=0.0)`],
    ["a decay that is not known", `${silent}tx = optax.adamw(1e-3, weight_decay=wd)`],
    ["a mask", `${silent}tx = optax.adamw(1e-3, weight_decay=0.1, mask=m)`],
    [
      "parts",
      `${silent}tx = optax.multi_transform({"a": optax.adamw(1), "b": optax.set_to_zero()}, l)`,
    ],
    ["several optimizers", `${silent}${TX}other = optax.adam(1)`],
    ["a part that is given alone", `${silent}${TX}state = tx.init(params["head"])`],
    ["a part that also learns", `${silent}${TX}g = lambda p: h(p["bb"])`],
    ["a target network", `f = lambda p: lax.stop_gradient(target["bb"])\n${TX}`],
    ["an activation", `f = lambda p: lax.stop_gradient(h(p["bb"]))\n${TX}`],
    ["no optimizer", silent],
    ["half-typed code", `${silent}tx = optax.adamw(1e-3, weight_decay=`],
  ])("stays silent: %s", (_name, code) => checkRule(rule, IMPORTS + code));
});
