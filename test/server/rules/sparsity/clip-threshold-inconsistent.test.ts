import { describe, expect, test } from "vitest";
import { clipThresholdInconsistent as rule } from "../../../../server/src/rules/sparsity/clip-threshold-inconsistent.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const clip = (body: string) => `import numpy as np
import numpy as xp
import jax.numpy as jnp
import torch
from numpy import where

def clip_weights(w, t, scale):
    ${body.replaceAll("\n", "\n    ")}
    return w
`;

describe("clip-threshold-inconsistent", () => {
  test.each([
    [
      "where",
      "w = np.where(np.abs(w) > t * w.std(), «np.sign(w) * t», w)",
      "w = np.clip(w, -t * w.std(), t * w.std())",
    ],
    [
      "where the other way round",
      "w = xp.where(xp.abs(w) <= t + 1, w, «t * xp.sign(w)»)",
      "w = xp.clip(w, -(t + 1), t + 1)",
    ],
    [
      "JAX",
      "w = jnp.where(jnp.abs(w) > t, «jnp.sign(w) * t / scale», w)",
      "w = jnp.clip(w, -t, t)",
    ],
    [
      "PyTorch",
      "w = torch.where(w.abs() > t / scale, «t * w.sign()», w)",
      "w = torch.clamp(w, -t / scale, t / scale)",
    ],
    [
      "where imported by itself",
      "w = where(np.abs(w) > 2 * t, «t * np.sign(w)», w)",
      "w = where(np.abs(w) > 2 * t, 2 * t * np.sign(w), w)",
    ],
    [
      "boolean mask",
      "mask = np.abs(w) > t * scale\nw[mask] = «np.sign(w[mask]) * t»",
      "mask = np.abs(w) > t * scale\nw[mask] = t * scale * np.sign(w[mask])",
    ],
    [
      "loop with a bound relative to the largest weight",
      "largest = np.abs(w).max()\nfor i in range(w.shape[0]):\n    for j in range(w.shape[1]):\n        if np.abs(w[i, j]) >= t * largest:\n            w[i, j] = «t * np.sign(w[i, j])»",
      "largest = np.abs(w).max()\nfor i in range(w.shape[0]):\n    for j in range(w.shape[1]):\n        if np.abs(w[i, j]) >= t * largest:\n            w[i, j] = t * largest * np.sign(w[i, j])",
    ],
    [
      "a sum as the bound",
      "for i in range(len(w)):\n    if abs(w[i]) > t + scale:\n        w[i] = «np.sign(w[i]) * t»",
      "for i in range(len(w)):\n    if abs(w[i]) > t + scale:\n        w[i] = (t + scale) * np.sign(w[i])",
    ],
    ["the sign alone", "w = np.where(np.abs(w) > t, «np.sign(w)», w)", "w = np.clip(w, -t, t)"],
  ])("puts the compared bound in: %s", (_name, bad, good) => {
    checkRule(rule, clip(bad), clip(good));
    checkRule(rule, clip(good));
    expect(findingsOf(rule, clip(bad).replaceAll(/[«»]/g, ""))[0]?.fixes[0]?.safety).toBe("safe");
  });

  test.each([
    ["one bound", "w = np.where(np.abs(w) > t, np.sign(w) * t, w)"],
    ["the same bound in another order", "w[np.abs(w) > t * scale] = scale * np.sign(w) * t"],
    [
      "the same bound under a name",
      "b = t * w.std()\nw = np.where(np.abs(w) > b, t * w.std() * np.sign(w), w)",
    ],
    ["the same bound by arithmetic", "w = np.where(np.abs(w) > 2 * t / 2, t * np.sign(w), w)"],
    ["soft threshold", "w = np.where(np.abs(w) > t, np.sign(w) * (np.abs(w) - t), 0 * w)"],
    ["soft threshold in place", "w[np.abs(w) > t] = np.sign(w) * (np.abs(w) - t)"],
    ["a bound per entry", "w[np.abs(w) > t] = np.sign(w) * np.minimum(np.abs(w), scale)"],
    ["bounds from functions", "w = np.where(np.abs(w) > low(w), high(w) * np.sign(w), w)"],
    ["small entries are lifted", "w = np.where(np.abs(w) < t, np.sign(w) * scale, w)"],
    ["another array's sign", "w = np.where(np.abs(w) > t, np.sign(v) * scale, w)"],
    ["np.clip", "w = np.clip(w, -t, t)"],
    ["half-typed", "w = np.where(np.abs(w) > , np.sign(w) * t, w)"],
    ["half-typed value", "w[np.abs(w) > t] = np.sign(w) *"],
  ])("stays silent: %s", (_name, body) => checkRule(rule, clip(body)));

  test("stays silent: hysteresis", () => {
    const code = clip("w = np.where(np.abs(w) > t, scale * np.sign(w), w)");
    checkRule(rule, code.replace("clip_weights", "hysteresis"));
  });

  test("names both bounds", () => {
    const code = clip("w = np.where(np.abs(w) > t * w.std(), np.sign(w) * t, w)");
    expect(findingsOf(rule, code)[0]?.message).toBe(
      "Entries past `t * w.std()` are set to ±`t`: a weight at the threshold jumps, where clipping would leave it at ±`t * w.std()`.",
    );
  });

  test("docs: `bad` fires once, fixing it gives `good`", () => {
    const { bad, good } = rule.docs;
    checkRule(rule, bad.replace("np.sign(w) * t", "«np.sign(w) * t»"), good);
    checkRule(rule, good);
  });
});
