import { describe, test } from "vitest";
import { kerasTrainableAfterCompile as rule } from "../../../../server/src/rules/transfer/keras-trainable-after-compile.ts";
import { checkRule } from "../../../support/check-rule.ts";

const START = `from tensorflow import keras
base = keras.applications.ResNet50()
model = keras.Sequential([base, keras.layers.Dense(2)])
`;
const COMPILE = 'model.compile("adam", loss)\n';
const FIT = "model.fit(ds)\n";

describe("keras-trainable-after-compile", () => {
  test("marks the change and compiles again", () => {
    checkRule(
      rule,
      `${START}${COMPILE}«base.trainable = False»\n${FIT}`,
      `${START}${COMPILE}base.trainable = False\n${COMPILE}${FIT}`,
    );
  });

  test("compiles after a loop over layers", () => {
    checkRule(
      rule,
      `${START}${COMPILE}for layer in base.layers[:10]:\n    «layer.trainable = False»\n${FIT}`,
      `${START}${COMPILE}for layer in base.layers[:10]:\n    layer.trainable = False\n${COMPILE}${FIT}`,
    );
  });

  test.each([
    ["the model itself", `${COMPILE}«model.trainable = False»\n${FIT}`],
    ["one layer", `${COMPILE}«model.layers[0].trainable = False»\n${FIT}`],
    ["unfreezing", `${COMPILE}${FIT}«base.trainable = True»\n${FIT}`],
    [
      "the first of several",
      `${COMPILE}«base.trainable = True»\nmodel.layers[1].trainable = False\n${FIT}`,
    ],
  ])("marks %s", (_name, code) => checkRule(rule, START + code));

  test("marks in a function", () => {
    checkRule(
      rule,
      `def main(base):\n    x = base(inputs)\n    m = Model(inputs, x)\n    m.compile()\n    «base.trainable = False»\n    m.fit(ds)\n`,
    );
  });

  test.each([
    ["the right order", `base.trainable = False\n${COMPILE}${FIT}`],
    ["another compilation", `${COMPILE}base.trainable = False\n${COMPILE}${FIT}`],
    ["another model is compiled", `${COMPILE}base.trainable = False\ngan.compile()\n${FIT}`],
    ["no fit", `${COMPILE}base.trainable = False\nmodel.train_on_batch(x, y)\n`],
    ["another model is fitted", `${COMPILE}base.trainable = False\nother.fit(ds)\n`],
    ["another model is changed", `${COMPILE}teacher.trainable = False\n${FIT}`],
    ["another function", `${COMPILE}def freeze():\n    base.trainable = False\n${FIT}`],
    ["half-typed code", `${COMPILE}base.trainable = \n${FIT}`],
  ])("stays silent: %s", (_name, code) => checkRule(rule, START + code));
});
