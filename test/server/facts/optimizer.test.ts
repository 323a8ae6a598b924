import { describe, expect, test } from "vitest";
import { optimizerFacts } from "../../../server/src/facts/optimizer.ts";
import { factsOf } from "../../support/facts-of.ts";

describe("optimizerFacts", () => {
  test("reads rate, decay and what is trained", () => {
    const text = "import torch\no = torch.optim.SGD(net.parameters(), 0.1, weight_decay=5e-4)";
    const [fact] = factsOf(optimizerFacts, text);
    expect(fact).toMatchObject({
      qualifiedName: "torch.optim.SGD",
      name: "SGD",
      framework: "torch",
      coupling: "l2",
      decayDefault: 0,
      learningRate: { kind: "constant", value: 0.1 },
      weightDecay: { kind: "constant", value: 5e-4 },
      hasSplat: false,
      parameters: { kind: "call" },
    });
    expect(fact && text.slice(fact.span.start, fact.span.end)).toBe("torch.optim.SGD");
  });

  test.each([
    ["optim.Adam(p)", { kind: "absent" }],
    ["optim.Adam(p, weight_decay=-1)", { kind: "constant", value: -1 }],
    ["wd = 0.1\noptim.Adam(p, weight_decay=wd)", { kind: "constant", value: 0.1 }],
    ["wd = f()\noptim.Adam(p, weight_decay=wd)", { kind: "unknown" }],
    ["optim.Adam(p, weight_decay=", { kind: "unknown" }],
    ["optim.Adagrad(p, 0.1, 0, 0.3)", { kind: "constant", value: 0.3 }],
    ["optim.Adam(*a, weight_decay=0.2)", { kind: "constant", value: 0.2 }],
    ["optim.Adam(*a, 1, 2, 3, 4)", { kind: "absent" }],
  ])("weight decay of %j", (text, decay) => {
    expect(factsOf(optimizerFacts, text)[0]?.weightDecay).toMatchObject(decay);
  });

  test.each([
    ["import keras\nkeras.optimizers.Adam(1e-3)", "keras", "decoupled", 0],
    ["import tensorflow as tf\ntf.keras.optimizers.AdamW()", "keras", "decoupled", 0.004],
    ["import optax\noptax.adamw(1e-3)", "optax", "decoupled", 1e-4],
    ["import optax\noptax.sgd(1e-3)", "optax", "none", 0],
    ["from torch.optim import Muon\nMuon(p)", "torch", "decoupled", 0.1],
    ["net.compile(optimizer='adam')", "keras", "decoupled", 0],
    ["net.compile('AdamW', 'mse')", "keras", "decoupled", 0.004],
  ])("class of %j", (text, framework, coupling, decayDefault) => {
    expect(factsOf(optimizerFacts, text)).toMatchObject([{ framework, coupling, decayDefault }]);
  });

  test.each([
    "Adam(p)",
    "import mine\nmine.optim.Adam(p)",
    "re.compile('adam|sgd')",
    "net.compile(optimizer=opt)",
    "torch.optim.lr_scheduler.StepLR(o, 3)",
  ])("finds none in %j", (text) => expect(factsOf(optimizerFacts, text)).toEqual([]));
});
