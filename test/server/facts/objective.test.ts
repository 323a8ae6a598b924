import { describe, expect, test } from "vitest";
import { objectiveFacts } from "../../../server/src/facts/objective.ts";
import { factsOf } from "../../support/facts-of.ts";

/** `sink: terms`, a term as `-kind/how·factors/divisors`. */
function objectives(code: string): string[] {
  const written = ({ span }: { span: { start: number; end: number } }) =>
    code.slice(span.start, span.end);
  return factsOf(objectiveFacts, code).map(({ sink, terms }) => {
    const shown = terms.map(({ content, sign, factors, divisors, isConditional, blocker }) => {
      const how = content.kind === "penalty" ? content.norm.kind : (content.reduction ?? "?");
      const flags = `${isConditional ? "?" : ""}${blocker === undefined ? "" : `!${blocker.name}`}`;
      const scale = [
        ...factors.map((node) => `*${written(node)}`),
        ...divisors.map((node) => `/${written(node)}`),
      ];
      return `${sign < 0 ? "-" : "+"}${content.kind}:${how}${scale.join("")}${flags}`;
    });
    return `${sink} ${shown.join(" ")}`;
  });
}

describe("objectiveFacts splits a loss", () => {
  test.each([
    [
      "in one expression",
      "loss = ce(out, y) + lam * sum(p.pow(2).sum() for p in net.parameters())\nloss.backward()",
      ["backward +data:? +penalty:l2squared*lam"],
    ],
    [
      "built up by statements",
      "loss = F.cross_entropy(out, y)\nif use_l1:\n    loss += 0.1 * net.fc.weight.abs().sum()\nloss = loss / accum\nscaler.scale(loss).backward()",
      ["backward +data:mean/accum +penalty:l1*0.1/accum?"],
    ],
    [
      "with one branch that adds",
      "loss = F.cross_entropy(out, y)\nif a:\n    loss = loss + 0.1 * net.fc.weight.abs().sum()\nloss.backward()",
      ["backward +data:mean +penalty:l1*0.1?"],
    ],
    [
      "of which a helper computes a part",
      "def l2(m):\n    total = 0.\n    for p in m.parameters():\n        total += p.pow(2).sum()\n    return total\ndef step(net, x, y):\n    loss = ce(net(x), y) + 1e-4 * l2(net)\n    loss.backward()",
      ["backward +data:? +penalty:l2squared*1e-4"],
    ],
    [
      "of which a helper elsewhere computes a part",
      "loss = ce(out, y) - lam * l2(net)\naccelerator.backward(loss)",
      ["backward +data:? -penalty:l2*lam"],
    ],
    [
      "of a gradient tape",
      "import tensorflow as tf\nwith tf.GradientTape() as tape:\n    loss = tf.reduce_mean(loss_fn(y, model(x))) + tf.add_n(model.losses)\ng = tape.gradient(loss, model.trainable_variables)",
      ["gradient +data:mean +penalty:unknown"],
    ],
    [
      "of a function whose gradient is asked for",
      "import jax\nimport jax.numpy as jnp\ndef f(params, x, y):\n    ce = optax.softmax_cross_entropy(model.apply(params, x), y).mean()\n    return ce + 1e-4 * optax.global_norm(params) ** 2, x\ng = jax.value_and_grad(f, has_aux=True)(params, x, y)",
      ["gradient +data:mean +penalty:l2squared*1e-4"],
    ],
    [
      "that a method returns",
      "class Net(nn.Module):\n    def __init__(self):\n        self.crit = nn.CrossEntropyLoss(reduction='sum')\n    def penalty(self):\n        return self.fc.weight.abs().sum()\n    def training_step(self, batch, i):\n        x, y = batch\n        return self.crit(self(x), y) + self.penalty().item()",
      ["return +data:sum +penalty:l1!.item()"],
    ],
    ["that is only computed", "loss = mse + lam * abs(w).sum()", ["none +data:? +penalty:l1*lam"]],
    [
      "that is negated",
      "objective = loglik_loss - lam * w.norm()\n(-objective).backward()",
      ["backward -data:? +penalty:l2*lam"],
    ],
    [
      "with a part without gradient",
      "with torch.no_grad():\n    reg = sum(p.norm(1) for p in net.parameters())\nloss = F.mse_loss(a, b) + reg\nloss.backward()",
      ["backward +data:mean +penalty:l1!torch.no_grad()"],
    ],
  ])("%s", (_name, code, expected) => expect(objectives(code)).toEqual(expected));

  test.each([
    ["no loss", "total = a + b\nprint(total)"],
    ["half-typed", "loss = ce(out, y) +"],
    ["recursive", "def f(x):\n    return f(x)\nloss = f(f(1))"],
  ])("none of %s", (_name, code) => {
    expect(objectives(code).filter((line) => line.includes("penalty"))).toEqual([]);
  });
});
