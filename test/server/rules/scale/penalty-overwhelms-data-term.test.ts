import { describe, expect, test } from "vitest";
import { penaltyOverwhelmsDataTerm as rule } from "../../../../server/src/rules/scale/penalty-overwhelms-data-term.ts";
import { checkRule, findingsOf } from "../../../support/check-rule.ts";

const KERAS = `from tensorflow.keras import layers, regularizers
from tensorflow.keras.regularizers import l1, l2, l1_l2
`;
const NET = `import torch
from torch import nn, optim
net = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
`;

describe("penalty-overwhelms-data-term", () => {
  test.each([
    ["l2", `${KERAS}layers.Dense(1024, kernel_regularizer=l2(«0.1»))`],
    ["l1", `${KERAS}layers.Dense(1024, kernel_regularizer=l1(«0.01»))`],
    [
      "the full name",
      `${KERAS}layers.Dense(units=1024, kernel_regularizer=regularizers.L2(«l2=0.1»))`,
    ],
    ["both", `${KERAS}layers.Dense(1024, kernel_regularizer=l1_l2(l1=1e-5, «l2=0.1»))`],
    ["under a name", `${KERAS}reg = l2(«0.1»)\nlayers.Dense(1024, kernel_regularizer=reg)`],
    ["a convolution", `${KERAS}layers.Conv2D(256, (3, 3), kernel_regularizer=l2(«0.1»))`],
    ["a string", `${KERAS}layers.Dense(1024, «kernel_regularizer='l1'»)`],
    ["weight decay", `${NET}optim.SGD(net.parameters(), lr=0.1, «weight_decay=0.1»)`],
    ["weight decay in Adam", `${NET}optim.Adam(net.parameters(), «weight_decay=0.1»)`],
    [
      "a loss",
      `${NET}loss = nn.functional.cross_entropy(net(x), y) + «0.1» * sum(p.pow(2).sum() for p in net.parameters())\nloss.backward()`,
    ],
    [
      "L1 in a loss",
      `${NET}loss = nn.functional.cross_entropy(net(x), y) + «0.01» * sum(p.abs().sum() for p in net.parameters())\nloss.backward()`,
    ],
  ])("marks it: %s", (_name, code) => checkRule(rule, code));

  test("suggests a hundredth", () => {
    checkRule(
      rule,
      `${KERAS}layers.Dense(1024, kernel_regularizer=l2(«0.1»))`,
      `${KERAS}layers.Dense(1024, kernel_regularizer=l2(0.001))`,
    );
  });

  test("is milder about a default", () => {
    const code = `${KERAS}def f(k=0.1):\n    return layers.Dense(1024, kernel_regularizer=l2(k))`;
    expect(findingsOf(rule, code)).toMatchObject([{ severity: "information" }]);
  });

  test.each([
    ["a usual number", `${KERAS}layers.Dense(1024, kernel_regularizer=l2(0.01))`],
    ["a small layer", `${KERAS}layers.Dense(10, kernel_regularizer=l2(0.1))`],
    ["an unknown size", `${KERAS}layers.Dense(n, kernel_regularizer=l2(0.1))`],
    ["an unknown number", `${KERAS}layers.Dense(1024, kernel_regularizer=l2(k))`],
    ["a bias", `${KERAS}layers.Dense(1024, bias_regularizer=l2(0.1))`],
    ["activations", `${KERAS}layers.Dense(1024, activity_regularizer=l2(0.1))`],
    [
      "another l2",
      `from mine import l2\n${KERAS.split("\n")[0]}\nlayers.Dense(1024, kernel_regularizer=l2(0.1))`,
    ],
    ["decoupled decay", `${NET}optim.AdamW(net.parameters(), weight_decay=0.1)`],
    [
      "a linear model",
      "import torch\nfrom torch import nn, optim\nnet = nn.Linear(784, 100)\noptim.SGD(net.parameters(), lr=0.1, weight_decay=0.1)",
    ],
    [
      "a model that is not in sight",
      "from torch import optim\noptim.SGD(net.parameters(), lr=0.1, weight_decay=0.1)",
    ],
    [
      "a mean",
      `${NET}loss = nn.functional.cross_entropy(net(x), y) + 0.1 * sum(p.pow(2).mean() for p in net.parameters())\nloss.backward()`,
    ],
    [
      "divided by something unknown",
      `${NET}loss = nn.functional.cross_entropy(net(x), y) + 0.1 / m * sum(p.pow(2).sum() for p in net.parameters())\nloss.backward()`,
    ],
    ["half-typed", `${KERAS}layers.Dense(1024, kernel_regularizer=l2(`],
  ])("stays silent: %s", (_name, code) => checkRule(rule, code));

  test("stays silent in tests", () => {
    checkRule(rule, rule.docs.bad, undefined, { path: "test_layers.py" });
  });
});
