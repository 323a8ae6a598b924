import { describe, expect, test } from "vitest";
import { layerRoots } from "../../../server/src/layers/layer-roots.ts";
import { locateLayers } from "../../../server/src/layers/locate-layers.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";
import { pythonProgram } from "../../../server/src/semantics/resolve.ts";
import { parseJavaScript } from "../../../server/src/syntax/javascript/parse.ts";
import { parsePython } from "../../../server/src/syntax/python/parse.ts";

const STACK = `import keras
from keras import layers
model = keras.Sequential([
  keras.Input((8,)),
  layers.Dense(4),
  layers.Dropout(0.1),
  layers.Dense(3, name="head"),
])
model.add(layers.Dense(2))
`;
/** As Keras 3.15.1 names the weights of it: in the model, in a .weights.h5 or .keras file, in an .h5 file. */
const STACK_NAMES = {
  paths: ["sequential/dense", "sequential/head", "sequential/dense_1"].flatMap((layer) => [
    `${layer}/kernel`,
    `${layer}/bias`,
  ]),
  files: ["dense", "dense_1", "dense_2"].flatMap((layer) => [
    `layers/${layer}/vars/0`,
    `layers/${layer}/vars/1`,
  ]),
  legacy: ["dense", "dense_1", "head"].flatMap((layer) => [
    `model_weights/${layer}/sequential/${layer}/bias`,
    `model_weights/${layer}/sequential/${layer}/kernel`,
  ]),
};
const CHAIN = `from keras import Input, Model, layers
def build():
  i = Input((8,))
  x = layers.Dense(4)(i)
  x = layers.BatchNormalization()(x)
  x = layers.Dense(5, name="mid")(x)
  o = layers.Dense(2)(x)
  return Model(i, o)
`;
const CHAIN_PATHS = ["dense_2/kernel", "batch_normalization/gamma", "mid/kernel", "dense_3/kernel"];

/** What the code at the only place is, else all of them. */
function placesOf(text: string, name: string, all: readonly string[], isScript = false) {
  const module = isScript ? parseJavaScript(text, "ts") : parsePython(text);
  const program = pythonProgram(module, isScript ? "javascript" : "python");
  const roots = layerRoots({ program, path: "a", project: NO_PROJECT });
  const [found] = locateLayers(roots, [name], all);
  return (found?.makers ?? []).map(({ span }) => text.slice(span.start, span.end));
}

describe("names of Keras", () => {
  test.each([
    [STACK, STACK_NAMES.paths, "sequential/dense/kernel", "layers.Dense(4)"],
    [STACK, STACK_NAMES.paths, "sequential/head/bias", 'layers.Dense(3, name="head")'],
    [STACK, STACK_NAMES.paths, "sequential/dense_1/kernel", "layers.Dense(2)"],
    [STACK, STACK_NAMES.files, "layers/dense/vars/0", "layers.Dense(4)"],
    [STACK, STACK_NAMES.files, "layers/dense_1/vars/1", 'layers.Dense(3, name="head")'],
    [STACK, STACK_NAMES.files, "layers/dense_2/vars/0", "layers.Dense(2)"],
    [
      STACK,
      STACK_NAMES.legacy,
      "model_weights/dense_1/sequential/dense_1/kernel",
      "layers.Dense(2)",
    ],
    [CHAIN, CHAIN_PATHS, "dense_2/kernel", "layers.Dense(4)"],
    [CHAIN, CHAIN_PATHS, "mid/kernel", 'layers.Dense(5, name="mid")'],
    [CHAIN, CHAIN_PATHS, "dense_3/kernel", "layers.Dense(2)"],
    [CHAIN, CHAIN_PATHS, "batch_normalization/gamma", "layers.BatchNormalization()"],
  ])("%#: of these names %s… %s is found", (text, all, name, expected) => {
    expect(placesOf(text, name, all)).toEqual([expected]);
  });

  test.each([
    [
      "another number of layers",
      CHAIN,
      ["dense/kernel", "dense_1/kernel", "dense_2/kernel"],
      "dense/kernel",
    ],
    [
      "a loop",
      CHAIN.replace("  o =", "  for _ in range(3): x = layers.Dense(9)(x)\n  o ="),
      CHAIN_PATHS,
      "dense_2/kernel",
    ],
    [
      "branches in a file, which are numbered by depth",
      CHAIN.replace("  o =", "  x = layers.Add()([x, i])\n  o ="),
      ["layers/dense/vars/0", "layers/dense_1/vars/0", "layers/dense_2/vars/0"],
      "layers/dense/vars/0",
    ],
    ["names of PyTorch", STACK, ["dense.weight", "dense.bias"], "dense.weight"],
  ])("nothing is guessed for %s", (_case, text, all, name) => {
    expect(placesOf(text, name, all)).toEqual([]);
  });

  test("a class goes by its attributes in files and by the order of its layers in paths", () => {
    const text = `from keras import Model, layers
class M(Model):
  def __init__(self):
    super().__init__()
    self.fc1 = layers.Dense(4)
    self.out = layers.Dense(2)
`;
    expect(placesOf(text, "fc1/vars/0", ["fc1/vars/0", "out/vars/0"])).toEqual(["layers.Dense(4)"]);
    const paths = ["m/dense_4/kernel", "m/dense_5/kernel"];
    expect(placesOf(text, "m/dense_5/kernel", paths)).toEqual(["layers.Dense(2)"]);
  });

  test("TensorFlow.js", () => {
    const text = `import * as tf from "@tensorflow/tfjs";
const model = tf.sequential();
model.add(tf.layers.dense({ units: 8, inputShape: [4] }));
model.add(tf.layers.dense({ units: 2, name: "head" }));
`;
    const all = ["dense_Dense1/kernel", "dense_Dense1/bias", "head/kernel", "head/bias"];
    expect(placesOf(text, "dense_Dense1/kernel", all, true)).toEqual([
      "tf.layers.dense({ units: 8, inputShape: [4] })",
    ]);
    expect(placesOf(text, "head/bias", all, true)).toEqual([
      'tf.layers.dense({ units: 2, name: "head" })',
    ]);
  });
});
