import { describe, test } from "vitest";
import { penaltyComputedButUnused as rule } from "../../../../server/src/rules/missing/penalty-computed-but-unused.ts";
import { checkRule } from "../../../support/check-rule.ts";

const IMPORTS =
  "import torch\nimport torch.nn.functional as F\nimport tensorflow as tf\nimport jax\nimport jax.numpy as jnp\n";

describe("penalty-computed-but-unused", () => {
  test.each([
    [
      "a script",
      "«reg» = lam * sum(p.pow(2).sum() for p in net.parameters())\nloss = F.cross_entropy(o, y)\nloss.backward()",
      "reg = lam * sum(p.pow(2).sum() for p in net.parameters())\nloss = F.cross_entropy(o, y)\n(loss + reg).backward()",
    ],
    [
      "code that evaluates a model",
      "«reg» = lam * sum(p.pow(2).sum() for p in net.parameters())\nloss = F.cross_entropy(o, y)\nloss.backward()\nnet.eval()",
      undefined,
    ],
    [
      "a loop",
      "«l1» = 0\nl1 = 0\nfor p in net.parameters():\n    l1 += p.abs().sum()\nloss = F.cross_entropy(o, y)\naccelerator.backward(loss)",
      undefined,
    ],
    [
      "a tape",
      "with tf.GradientTape() as tape:\n    «l2_loss» = tf.add_n([tf.nn.l2_loss(v) for v in model.trainable_variables])\n    loss = tf.reduce_mean(loss_fn(y, o))\ng = tape.gradient(loss, v)",
      "with tf.GradientTape() as tape:\n    l2_loss = tf.add_n([tf.nn.l2_loss(v) for v in model.trainable_variables])\n    loss = tf.reduce_mean(loss_fn(y, o))\ng = tape.gradient(loss + l2_loss, v)",
    ],
    [
      "a method",
      "class M:\n    def training_step(self, b, i):\n        «penalty» = self.lam * self.fc.weight.abs().sum()\n        loss = F.mse_loss(self(b), b)\n        return loss",
      "class M:\n    def training_step(self, b, i):\n        penalty = self.lam * self.fc.weight.abs().sum()\n        loss = F.mse_loss(self(b), b)\n        return loss + penalty",
    ],
    [
      "a function of JAX",
      "def f(params, x, y):\n    «l2» = 0.1 * jnp.sum(jnp.square(params['w']))\n    loss = jnp.mean(cross_entropy(x, y))\n    return loss\ng = jax.grad(f)(p, x, y)",
      "def f(params, x, y):\n    l2 = 0.1 * jnp.sum(jnp.square(params['w']))\n    loss = jnp.mean(cross_entropy(x, y))\n    return loss + l2\ng = jax.grad(f)(p, x, y)",
    ],
    [
      "a log",
      "«reg» = lam * net.fc.weight.norm()\nloss = F.cross_entropy(o, y)\nprint(f'{reg}')\nwriter.add_scalar('reg', reg)\nloss.backward()",
      undefined,
    ],
  ])("reports a penalty in %s", (name, marked, fixed) => {
    const code =
      name === "a loop" ? marked.replace("«l1» = 0\n", "").replace("l1 += p", "«l1» += p") : marked;
    checkRule(rule, IMPORTS + code, fixed === undefined ? undefined : IMPORTS + fixed);
  });

  const STEP = "\nloss = F.cross_entropy(o, y)\nloss.backward()";
  test.each([
    [
      "added",
      "reg = lam * net.fc.weight.norm()\nloss = F.cross_entropy(o, y) + reg\nloss.backward()",
    ],
    [
      "added by a statement",
      "reg = lam * net.fc.weight.norm()\nloss = F.cross_entropy(o, y)\nloss += reg\nloss.backward()",
    ],
    [
      "added in place",
      "reg = lam * net.fc.weight.norm()\nloss = F.cross_entropy(o, y)\n(loss + reg).backward()",
    ],
    ["minimised alone", `reg = lam * net.fc.weight.norm()\nreg.backward()${STEP}`],
    [
      "returned",
      "def f(net):\n    reg = lam * net.fc.weight.norm()\n    loss = F.mse_loss(o, y)\n    loss.backward()\n    return loss, reg",
    ],
    ["given to a function", `reg = lam * net.fc.weight.norm()\nkeep(reg)${STEP}`],
    ["kept in a list", `reg = lam * net.fc.weight.norm()\nlosses.append(reg)${STEP}`],
    ["kept in a dict", `reg = lam * net.fc.weight.norm()\nlosses = {'reg': reg}${STEP}`],
    ["used by a condition", `reg = lam * net.fc.weight.norm()\nif reg > 3:\n    stop()${STEP}`],
    ["a watched norm", `weight_norm = net.fc.weight.norm()\nprint(weight_norm)${STEP}`],
    ["a metric", `l2_metric = lam * net.fc.weight.norm()\nprint(l2_metric)${STEP}`],
    ["a log by its name", `reg_log = net.fc.weight.norm()${STEP}`],
    ["not trained here", "reg = lam * net.fc.weight.norm()\nloss = F.cross_entropy(o, y)"],
    ["computed after the step", `${STEP}\nreg = lam * net.fc.weight.norm()`],
    ["trained elsewhere", `def f(net):\n    reg = lam * net.fc.weight.norm()${STEP}`],
    ["read by name", `reg = lam * net.fc.weight.norm()\nprint(locals())${STEP}`],
    ["no weights", `reg = lam * x.norm()${STEP}`],
    ["half-typed", `reg = lam * net.fc.weight.norm(${STEP}`],
  ])("stays silent: %s", (_name, code) => checkRule(rule, IMPORTS + code));
});
