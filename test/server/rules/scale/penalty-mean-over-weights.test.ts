import { describe, test } from "vitest";
import { penaltyMeanOverWeights as rule } from "../../../../server/src/rules/scale/penalty-mean-over-weights.ts";
import { checkRule } from "../../../support/check-rule.ts";

const IMPORTS =
  "import torch as t\nimport torch.nn.functional as F\nimport tensorflow as tf\nimport numpy as np\n";

describe("penalty-mean-over-weights", () => {
  test.each([
    [
      "absolute values",
      "loss = F.mse_loss(a, b) + lam * «t.mean(net.fc.weight.abs())»",
      "loss = F.mse_loss(a, b) + lam * t.sum(net.fc.weight.abs())",
    ],
    [
      "squares by a method",
      "loss = F.mse_loss(a, b) + 0.1 * «net.fc.weight.pow(2).mean()»",
      "loss = F.mse_loss(a, b) + 0.1 * net.fc.weight.pow(2).sum()",
    ],
    [
      "TensorFlow",
      "loss = tf.reduce_mean(loss_fn(a, b)) + lam * «tf.reduce_mean(tf.square(layer.kernel))»",
      "loss = tf.reduce_mean(loss_fn(a, b)) + lam * tf.reduce_sum(tf.square(layer.kernel))",
    ],
    ["NumPy", "cost = mse + lam * «np.mean(w ** 2)»", "cost = mse + lam * np.sum(w ** 2)"],
    [
      "each parameter",
      "reg = sum(p.abs().mean() for p in net.parameters())\nloss = F.mse_loss(a, b) + lam * reg",
      undefined,
    ],
  ])("reports the mean of %s", (name, marked, fixed) => {
    const code =
      name === "each parameter"
        ? marked.replace(
            "sum(p.abs().mean() for p in net.parameters())",
            "«sum(p.abs().mean() for p in net.parameters())»",
          )
        : marked;
    checkRule(rule, IMPORTS + code, fixed === undefined ? undefined : IMPORTS + fixed);
  });

  test.each([
    ["a sum", "loss = F.mse_loss(a, b) + lam * net.fc.weight.abs().sum()"],
    [
      "a name that says mean",
      "mean_l1 = net.fc.weight.abs().mean()\nloss = F.mse_loss(a, b) + lam * mean_l1",
    ],
    [
      "scaled by the count",
      "loss = F.mse_loss(a, b) + lam * net.fc.weight.numel() * net.fc.weight.abs().mean()",
    ],
    ["activations", "loss = F.mse_loss(a, b) + lam * hidden.abs().mean()"],
    ["no loss", "size = net.fc.weight.abs().mean()"],
    ["a name without coefficient", "loss = mse + np.mean(w ** 2)"],
    ["rows", "loss = mse + lam * net.fc.weight.abs().mean(dim=1)"],
    ["half-typed", "loss = mse + lam * np.mean(w ** 2"],
  ])("stays silent: %s", (_name, code) => checkRule(rule, IMPORTS + code));
});
