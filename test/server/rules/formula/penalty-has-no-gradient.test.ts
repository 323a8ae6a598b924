import { describe, test } from "vitest";
import { penaltyHasNoGradient as rule } from "../../../../server/src/rules/formula/penalty-has-no-gradient.ts";
import { checkRule } from "../../../support/check-rule.ts";

const IMPORTS =
  "import torch as t\nimport torch.nn.functional as F\nimport tensorflow as tf\nimport jax\nimport jax.numpy as jnp\nfrom jax import lax\n";
const STEP = "\nloss = F.mse_loss(a, b) + lam * reg\nloss.backward()\n";

describe("penalty-has-no-gradient", () => {
  test.each([
    [
      ".data",
      `reg = sum(«p.data».norm(2) ** 2 for p in net.parameters())${STEP}`,
      `reg = sum(p.norm(2) ** 2 for p in net.parameters())${STEP}`,
    ],
    [
      "a built-in sum beside `import *`",
      `from models import *\nreg = sum(«p.data».norm(2) ** 2 for p in net.parameters())${STEP}`,
      `from models import *\nreg = sum(p.norm(2) ** 2 for p in net.parameters())${STEP}`,
    ],
    [
      ".item()",
      `reg = 0\nfor p in net.parameters():\n    reg += «p.abs().sum().item()»${STEP}`,
      `reg = 0\nfor p in net.parameters():\n    reg += p.abs().sum()${STEP}`,
    ],
    [
      ".item() of a helper's result",
      `def l2(m):\n    return sum(p.pow(2).sum() for p in m.parameters())\nreg = «l2(net).item()»${STEP}`,
      `def l2(m):\n    return sum(p.pow(2).sum() for p in m.parameters())\nreg = l2(net)${STEP}`,
    ],
    [
      ".detach()",
      `reg = «net.fc.weight.detach()».abs().sum()${STEP}`,
      `reg = net.fc.weight.abs().sum()${STEP}`,
    ],
    [
      "float()",
      `reg = «float(net.fc.weight.norm())»${STEP}`,
      `reg = (net.fc.weight.norm())${STEP}`,
    ],
    [
      "torch.tensor",
      `reg = «t.tensor([p.norm() for p in net.parameters()])».sum()${STEP}`,
      undefined,
    ],
    [
      "no_grad",
      `with «t.no_grad()»:\n    reg = sum(p.norm(1) for p in net.parameters())${STEP}`,
      undefined,
    ],
    [
      "state_dict",
      `reg = sum(w.pow(2).sum() for w in «net.state_dict()».values())${STEP}`,
      undefined,
    ],
    [
      "stop_gradient",
      "def f(params, x, y):\n    l2 = jnp.sum(«lax.stop_gradient(params['w'])» ** 2)\n    return jnp.mean(loss_fn(x, y)) + 0.1 * l2\ng = jax.grad(f)(p, x, y)",
      "def f(params, x, y):\n    l2 = jnp.sum((params['w']) ** 2)\n    return jnp.mean(loss_fn(x, y)) + 0.1 * l2\ng = jax.grad(f)(p, x, y)",
    ],
    [
      "a tape",
      "with tf.GradientTape() as tape:\n    loss = tf.reduce_mean(loss_fn(y, o)) + «tf.reduce_sum(layer.kernel ** 2).numpy()»\ng = tape.gradient(loss, v)",
      "with tf.GradientTape() as tape:\n    loss = tf.reduce_mean(loss_fn(y, o)) + tf.reduce_sum(layer.kernel ** 2)\ng = tape.gradient(loss, v)",
    ],
  ])("reports %s", (_name, marked, fixed) =>
    checkRule(rule, IMPORTS + marked, fixed === undefined ? undefined : IMPORTS + fixed),
  );

  test.each([
    ["with gradient", `reg = sum(p.norm(2) ** 2 for p in net.parameters())${STEP}`],
    ["a log", `reg = net.fc.weight.norm()\nprint(reg.item())${STEP}`],
    [
      "a log of the whole",
      "reg = net.fc.weight.norm()\nloss = F.mse_loss(a, b) + reg\nloss.backward()\ntotal_loss = loss.item() + reg.item()",
    ],
    [
      "an anchor",
      `reg = sum(((p - q.detach()) ** 2).sum() for p, q in zip(net.parameters(), old))${STEP}`,
    ],
    ["importance", `reg = sum((f.detach() * p ** 2).sum() for f, p in z)${STEP}`],
    [
      "an evaluation",
      "with t.no_grad():\n    reg = net.fc.weight.norm()\n    loss = F.mse_loss(a, b) + reg\n    print(loss)",
    ],
    [
      "an evaluation in a function",
      "@t.no_grad()\ndef val_loss(net, a, b):\n    return F.mse_loss(a, b) + net.fc.weight.norm()",
    ],
    ["NumPy", "def cost(w, lam):\n    return mse(w) + lam * float((w ** 2).sum())"],
    ["no sink", "loss = F.mse_loss(a, b) + lam * net.fc.weight.norm().item()"],
    [
      "all of it",
      "loss = F.mse_loss(a, b).item() + net.fc.weight.norm().item()\nreturn_loss(loss)",
    ],
    [
      "a number for a log",
      "def step(net, a, b):\n    reg = net.fc.weight.norm()\n    loss = F.mse_loss(a, b)\n    (loss + reg).backward()\n    total_loss = loss + reg.item()\n    return total_loss",
    ],
    ["half-typed", "loss = F.mse_loss(a, b) + net.fc.weight.norm().item(\nloss.backward()"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, IMPORTS + code));
});
