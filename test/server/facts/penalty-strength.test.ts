import { expect, test } from "vitest";
import { penaltyStrengthFacts } from "../../../server/src/facts/penalty-strength.ts";
import { factsOf } from "../../support/facts-of.ts";

const NET = "from torch import nn, optim\nnet = nn.Sequential(nn.Linear(10, 4), nn.Linear(4, 2))\n";

test.each([
  ["optim.SGD(net.parameters(), 0.1, weight_decay=0.3)", "optimizer", "l2", 0.3, 48],
  [
    "loss = nn.functional.mse_loss(net(x), y) + 0.2 * sum(p.abs().sum() for p in net.parameters())\nloss.backward()",
    "loss",
    "l1",
    0.2,
    48,
  ],
  [
    "loss = nn.functional.mse_loss(net(x), y) + 0.2 / 2 * sum((p ** 2).sum() for p in net.parameters())\nloss.backward()",
    "loss",
    "l2",
    0.1,
    48,
  ],
  [
    "import keras\nkeras.layers.Dense(10, kernel_regularizer=keras.regularizers.L2())",
    "layer",
    "l2",
    0.01,
    160,
  ],
  [
    "import keras\nkeras.layers.Conv2D(10, 3, kernel_regularizer=keras.regularizers.L1L2(l1=0.1))",
    "layer",
    "l1",
    0.1,
    1440,
  ],
])("penaltyStrengthFacts() reads %j", (text, source, norm, value, size) => {
  const facts = factsOf(penaltyStrengthFacts, NET + text);
  expect(facts).toMatchObject([{ source, norm, size, strength: { value } }]);
});

test.each([
  "optim.SGD(net.parameters(), 0.1, weight_decay=wd)",
  "loss = f(net(x), y) + lam * sum(p.abs().sum() for p in net.parameters())\nloss.backward()",
  "loss = f(net(x), y) + 0.2 * sum(p.abs().mean() for p in net.parameters())\nloss.backward()",
])("penaltyStrengthFacts() finds none in %j", (text) => {
  expect(factsOf(penaltyStrengthFacts, NET + text)).toEqual([]);
});
