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
    ["optim.Adam(p, weight_decay=1)", "l2"],
    ["optim.Adam(p, weight_decay=1, decoupled_weight_decay=True)", "decoupled"],
    ["optim.RAdam(p, weight_decay=1, decoupled_weight_decay=f())", "unknown"],
    ["o = dict(decoupled_weight_decay=True)\noptim.NAdam(p, **o)", "decoupled"],
    ["optim.NAdam(p, **o)", "unknown"],
    ["optim.Adafactor(p)", "decoupled"],
    ["from apex.optimizers import FusedAdam\nFusedAdam(p)", "decoupled"],
    ["from apex.optimizers import FusedAdam\nFusedAdam(p, adam_w_mode=False)", "l2"],
    ["from deepspeed.ops.adam import DeepSpeedCPUAdam as A\nA(p, adamw_mode=False)", "l2"],
    ["import bitsandbytes as bnb\nbnb.optim.AdamW8bit(p)", "decoupled"],
    ["import timm\ntimm.optim.create_optimizer_v2(m, 'adamw')", "decoupled"],
    ["import timm\ntimm.optim.create_optimizer_v2(m, opt=args.opt)", "unknown"],
    ["from transformers import TrainingArguments\nTrainingArguments('out')", "decoupled"],
    ["from transformers import TrainingArguments as T\nT('out', optim='sgd')", "l2"],
    ["from transformers import TrainingArguments as T\nT('out', optim=o)", "unknown"],
    ["from transformers import TrainingArguments as T\nT('out', **o)", "unknown"],
    ["import tensorflow as tf\ntf.keras.optimizers.legacy.Adam()", "none"],
    ["import tensorflow as tf\ntf.optimizers.Adam()", "decoupled"],
    ["optax.adam(1e-3)", "none"],
    ["optax.chain(optax.add_decayed_weights(wd), optax.adam(1e-3))", "l2"],
    ["optax.chain(optax.sgd(1e-3), optax.add_decayed_weights(wd))", "antidecay"],
    ["optax.chain(optax.clip(1), optax.sgd(1e-3))", "none"],
    ["optax.chain(more, optax.sgd(1e-3))", "unknown"],
    ["optax.chain(optax.clip(1), optax.adamw(1e-3))", "decoupled"],
    [
      "optax.chain(optax.scale_by_adam(), optax.add_decayed_weights(1), optax.scale(-lr))",
      "decoupled",
    ],
    ["optax.chain(optax.add_decayed_weights(1), optax.scale_by_adam(), optax.scale(-lr))", "l2"],
    [
      "optax.chain(optax.scale_by_adam(), optax.scale(-lr), optax.add_decayed_weights(1))",
      "antidecay",
    ],
    ["optax.inject_hyperparams(optax.adamw)(learning_rate=1e-3)", "decoupled"],
  ])("coupling of %j", (text, coupling) => {
    expect(factsOf(optimizerFacts, text)).toMatchObject([{ coupling }]);
  });

  test.each([
    ["optax.chain(optax.add_decayed_weights(0.1), optax.adam(1e-3))", 0.1],
    ["o = {'weight_decay': 0.1}\noptim.SGD(p, lr=1, **o)", 0.1],
    ["keras.optimizers.AdamW(1e-3, 0.1)", 0.1],
    ["from composer.optim import DecoupledSGDW\nDecoupledSGDW(p, 0.1, weight_decay=0.1)", 0.1],
    ["from transformers import TrainingArguments\nTrainingArguments('o', weight_decay=0.1)", 0.1],
    ["from tensorflow_addons.optimizers import AdamW\nAdamW(0.1, 1e-3)", 0.1],
  ])("reads the decay of %j", (text, value) => {
    expect(factsOf(optimizerFacts, text)).toMatchObject([{ weightDecay: { value } }]);
  });

  test.each([
    ["optax.scale(-1e-3)", 1e-3],
    ["optax.scale_by_learning_rate(1e-3)", 1e-3],
  ])("reads the rate of a chain with %j", (rate, value) => {
    const text = `optax.chain(optax.scale_by_adam(), optax.add_decayed_weights(0.1), ${rate})`;
    expect(factsOf(optimizerFacts, text)).toMatchObject([
      { learningRate: { value }, weightDecay: { value: 0.1 } },
    ]);
  });

  test.each([
    "optax.chain(optax.scale_by_adam(), optax.scale(-1e-3))",
    "optax.chain(optax.add_decayed_weights(0.1), optax.scale(-1e-3))",
    "optax.chain(optax.scale_by_adam(), optax.add_decayed_weights(0.1), optax.scale(lr))",
    "optax.chain(optax.scale_by_adam(), optax.add_decayed_weights(0.1), mine(), optax.scale(-1))",
  ])("says nothing of %j", (text) => expect(factsOf(optimizerFacts, text)).toEqual([]));

  test("knows whose decay the learning rate does not scale", () => {
    const text = "from tensorflow_addons.optimizers import AdamW\nAdamW(0.1, 1e-3)";
    expect(factsOf(optimizerFacts, text)).toMatchObject([
      { isDecayTimesRate: false, learningRate: { value: 1e-3 } },
    ]);
  });

  test("marks a decay that is only a default", () => {
    const text = "def make(p, wd=0.1):\n    return optim.SGD(p, lr=1, weight_decay=wd)";
    expect(factsOf(optimizerFacts, text)).toMatchObject([
      { weightDecay: { kind: "default", value: 0.1 } },
    ]);
  });

  test.each([
    "Adam(p)",
    "import mine\nmine.optim.Adam(p)",
    "re.compile('adam|sgd')",
    "net.compile(optimizer=opt)",
    "torch.optim.lr_scheduler.StepLR(o, 3)",
  ])("finds none in %j", (text) => expect(factsOf(optimizerFacts, text)).toEqual([]));
});
