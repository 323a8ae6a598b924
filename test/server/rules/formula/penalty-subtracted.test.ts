import { describe, test } from "vitest";
import { penaltySubtracted as rule } from "../../../../server/src/rules/formula/penalty-subtracted.ts";
import { checkRule } from "../../../support/check-rule.ts";

const IMPORTS =
  "import torch\nimport torch.nn.functional as F\nimport tensorflow as tf\nimport jax\nimport jax.numpy as jnp\n";

describe("penalty-subtracted", () => {
  test.each([
    [
      "in one expression",
      "loss = F.cross_entropy(o, y) - «lam * l2(net)»\nloss.backward()",
      "loss = F.cross_entropy(o, y) + lam * l2(net)\nloss.backward()",
    ],
    [
      "by a statement",
      "loss = criterion(o, y)\nloss -= «lam * net.fc.weight.norm()»\nloss.backward()",
      "loss = criterion(o, y)\nloss += lam * net.fc.weight.norm()\nloss.backward()",
    ],
    [
      "in a tape",
      "with tf.GradientTape() as tape:\n    loss = tf.reduce_mean(loss_fn(y, o)) - «lam * tf.nn.l2_loss(layer.kernel)»\ng = tape.gradient(loss, v)",
      "with tf.GradientTape() as tape:\n    loss = tf.reduce_mean(loss_fn(y, o)) + lam * tf.nn.l2_loss(layer.kernel)\ng = tape.gradient(loss, v)",
    ],
    [
      "in a function of JAX",
      "def f(params, x, y):\n    ce = jnp.mean(cross_entropy(x, y))\n    return ce - «0.1 * jnp.sum(jnp.square(params['w']))»\ng = jax.grad(f)(p, x, y)",
      "def f(params, x, y):\n    ce = jnp.mean(cross_entropy(x, y))\n    return ce + 0.1 * jnp.sum(jnp.square(params['w']))\ng = jax.grad(f)(p, x, y)",
    ],
    [
      "in a method",
      "class M:\n    def training_step(self, b, i):\n        return F.mse_loss(self(b), b) - «self.lam * self.fc.weight.abs().sum()»",
      "class M:\n    def training_step(self, b, i):\n        return F.mse_loss(self(b), b) + self.lam * self.fc.weight.abs().sum()",
    ],
  ])("reports a penalty that is subtracted %s", (_name, marked, fixed) =>
    checkRule(rule, IMPORTS + marked, IMPORTS + fixed),
  );

  test.each([
    ["added", "loss = F.cross_entropy(o, y) + lam * l2(net)\nloss.backward()"],
    ["negated before", "objective_loss = ce - lam * l2(net)\n(-objective_loss).backward()"],
    ["negated later", "loss = ce - lam * l2(net)\nmaximum = -loss\nmaximum.backward()"],
    ["negated whole", "loss = -(ll_loss - lam * l2(net))\nloss.backward()"],
    [
      "maximised",
      "opt = torch.optim.SGD(net.parameters(), lr=1, maximize=True)\nloss = ce - lam * l2(net)\nloss.backward()",
    ],
    ["a reward", "def reward_loss(net):\n    return ce - lam * l2(net)"],
    [
      "a likelihood",
      "def log_likelihood(net, x, y):\n    loss = ce(x, y) - lam * l2(net)\n    return loss",
    ],
    ["a negative coefficient", "loss = ce(o, y) - -0.1 * net.fc.weight.norm()\nloss.backward()"],
    [
      "a negative name",
      "lam = -0.1\nloss = ce(o, y) - lam * net.fc.weight.norm()\nloss.backward()",
    ],
    ["an entropy bonus", "loss = ce(o, y) - beta * entropy(pi)\nloss.backward()"],
    ["another penalty", "loss = ce(o, y) - kl_penalty(net)\nloss.backward()"],
    ["no data loss", "gap = lam * l1(net) - lam * l2(net)"],
    ["a discriminator", "discriminator = D()\nloss = ce(o, y) - lam * l2(net)\nloss.backward()"],
    [
      "a distance by its name",
      "l2_reg = factor * torch.norm(image)\nloss = ce(o, y)\nloss -= l2_reg\nloss.backward()",
    ],
    [
      "a coefficient by its name",
      "def f(l2_reg_c, x):\n    loss = ce(x)\n    loss -= l2_reg_c * jnp.sum(x ** 2)\n    return loss",
    ],
    ["half-typed", "loss = ce(o, y) - lam * l2(net"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, IMPORTS + code));
});
