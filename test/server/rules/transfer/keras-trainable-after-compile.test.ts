import { describe, test } from "vitest";
import { kerasTrainableAfterCompile as rule } from "../../../../server/src/rules/transfer/keras-trainable-after-compile.ts";
import { checkRule } from "../../../support/check-rule.ts";

const START = `from tensorflow import keras
base = keras.applications.ResNet50()
model = keras.Sequential([base, keras.layers.Dense(2)])
`;
const COMPILE = 'model.compile("adam", loss)\n';
const FITTED = 'model.compile("adam", loss)\nmodel.fit(ds)\n';
const FIT = "model.fit(ds)\n";

describe("keras-trainable-after-compile", () => {
  test("marks the change and compiles again", () => {
    checkRule(
      rule,
      `${START}${FITTED}«base.trainable = False»\n${FIT}`,
      `${START}${FITTED}base.trainable = False\n${COMPILE}${FIT}`,
    );
  });

  test("compiles after a loop over layers", () => {
    checkRule(
      rule,
      `${START}${FITTED}for layer in base.layers[:10]:\n    «layer.trainable = False»\n${FIT}`,
      `${START}${FITTED}for layer in base.layers[:10]:\n    layer.trainable = False\n${COMPILE}${FIT}`,
    );
  });

  test.each([
    ["the model itself", `${FITTED}«model.trainable = False»\n${FIT}`],
    ["one layer", `${FITTED}«model.layers[0].trainable = False»\n${FIT}`],
    ["unfreezing", `${FITTED}«base.trainable = True»\n${FIT}`],
    [
      "the first of several",
      `${FITTED}«base.trainable = True»\nmodel.layers[1].trainable = False\n${FIT}`,
    ],
  ])("marks %s", (_name, code) => checkRule(rule, START + code));

  test("marks a change although models are compiled later on", () => {
    checkRule(rule, `${START}${FITTED}«base.trainable = False»\n${FIT}gan.compile()\n`);
  });

  test("marks in a function", () => {
    checkRule(
      rule,
      `def main(base):\n    x = base(inputs)\n    m = Model(inputs, x)\n    m.compile()\n    m.fit(ds)\n    «base.trainable = False»\n    m.fit(ds)\n`,
    );
  });

  test.each([
    ["the right order", `base.trainable = False\n${COMPILE}${FIT}`],
    ["a change before the first fit", `${COMPILE}base.trainable = False\n${FIT}`],
    ["another compilation", `${FITTED}base.trainable = False\n${COMPILE}${FIT}`],
    ["another model is compiled", `${FITTED}base.trainable = False\ngan.compile()\n${FIT}`],
    ["no fit after it", `${FITTED}base.trainable = False\nmodel.train_on_batch(x, y)\n`],
    ["another model is fitted", `${FITTED}base.trainable = False\nother.fit(ds)\n`],
    ["another model is changed", `${FITTED}teacher.trainable = False\n${FIT}`],
    ["another function", `${FITTED}def freeze():\n    base.trainable = False\n${FIT}`],
    ["half-typed code", `${FITTED}base.trainable = \n${FIT}`],
  ])("stays silent: %s", (_name, code) => checkRule(rule, START + code));
});
