import { describe, test } from "vitest";
import { biasRegularizerSet as rule } from "../../../../server/src/rules/placement/bias-regularizer-set.ts";
import { checkRule } from "../../../support/check-rule.ts";

const IMPORTS = `import keras
import tensorflow as tf
from keras.layers import BatchNormalization as BN, Dense
from keras.regularizers import l1, l2
from tensorflow.keras import regularizers as r
`;

describe("bias-regularizer-set", () => {
  test("marks the argument and removes it", () => {
    checkRule(
      rule,
      `${IMPORTS}Dense(4, «bias_regularizer=l2(1e-4)», activation="relu")`,
      `${IMPORTS}Dense(4, activation="relu")`,
    );
  });

  test.each([
    ["a default coefficient", "keras.layers.Dense(4, «bias_regularizer=l2()»)"],
    ["a name", 'tf.keras.layers.Dense(4, «bias_regularizer="l2"»)'],
    ["an alias", "tf.keras.layers.Dense(4, «bias_regularizer=r.l1(0.1)»)"],
    ["a bound one", "reg = r.l2(0.1)\nDense(4, «bias_regularizer=reg»)"],
    ["the scale of a norm", "BN(«gamma_regularizer=l2(0.1)», beta_regularizer=l2(0.1))"],
    [
      "a method",
      "class M:\n    def build(self):\n        self.d = Dense(4, «bias_regularizer=l1(0.1)»)",
    ],
  ])("marks %s", (_name, code) => checkRule(rule, IMPORTS + code));

  test.each([
    ["the kernel alone", "Dense(4, kernel_regularizer=l2(1e-4))"],
    ["a coefficient of 0", "Dense(4, bias_regularizer=l2(0))"],
    ["None", "Dense(4, bias_regularizer=None)"],
    ["what is not known", "Dense(4, bias_regularizer=make(), name=n)"],
    ["a coefficient that is not known", "Dense(4, bias_regularizer=l2(args.bias))"],
    ["activities as well", "Dense(4, bias_regularizer=l2(0.1), activity_regularizer=l1(0.1))"],
    [
      "a comment that says why",
      "Dense(\n    4,\n    bias_regularizer=l2(0.1),  # keeps outputs centred\n)",
    ],
    ["options from elsewhere", "Dense(4, **options)"],
    ["half-typed code", "Dense(4, bias_regularizer=l2("],
  ])("stays silent: %s", (_name, code) => checkRule(rule, IMPORTS + code));
});
