import { describe, test } from "vitest";
import { regularizationLossesDropped as rule } from "../../../../server/src/rules/missing/regularization-losses-dropped.ts";
import { checkRule } from "../../../support/check-rule.ts";

const IMPORTS =
  "import tensorflow as tf\nfrom tensorflow import keras\nfrom tensorflow.keras import layers as L\n";
const SEQUENTIAL =
  "model = keras.Sequential([L.Dense(9, kernel_regularizer=keras.regularizers.l2(0.01))])\n";
const step = (loss: string, more = "") =>
  `with tf.GradientTape() as tape:\n    loss = ${loss}\n${more}g = tape.gradient(«loss», model.trainable_variables)\n`;
const silent = (code: string) => code.replaceAll(/[«»]/g, "");

describe("regularization-losses-dropped", () => {
  test.each([
    [
      "a sequence of layers",
      SEQUENTIAL + step("loss_fn(y, model(x))"),
      silent(SEQUENTIAL + step("loss_fn(y, model(x)) + sum(model.losses)")),
    ],
    [
      "a functional model",
      `i = L.Input((3,))\no = L.Dense(1, activity_regularizer='l1')(i)\nmodel = keras.Model(i, o)\n${step("loss_fn(y, model(x))")}`,
      undefined,
    ],
    [
      "a function that builds",
      `def make():\n    i = L.Input((3,))\n    o = L.Dense(1, kernel_regularizer='l2')(i)\n    return keras.Model(i, o)\nmodel = make()\n${step("tf.reduce_mean(loss_fn(y, model(x)))")}`,
      undefined,
    ],
    [
      "a class",
      `class Net(keras.Model):\n    def __init__(self):\n        self.fc = L.Dense(1, kernel_regularizer='l2')\n    def call(self, x):\n        return self.fc(x)\nmodel = Net()\n${step("loss_fn(y, model(x))")}`,
      undefined,
    ],
    [
      "a train_step beside fit",
      "class Net(keras.Model):\n    def __init__(self):\n        self.fc = L.Dense(1, kernel_regularizer='l2')\n    def train_step(self, data):\n        x, y = data\n        with tf.GradientTape() as tape:\n            loss = self.loss_fn(y, self(x, training=True))\n        g = tape.gradient(«loss», self.trainable_variables)\nmodel = Net()\nmodel.fit(ds)\n",
      undefined,
    ],
  ])("reports %s", (_name, marked, fixed) =>
    checkRule(rule, IMPORTS + marked, fixed === undefined ? undefined : IMPORTS + fixed),
  );

  test.each([
    ["added by add_n", SEQUENTIAL + step("loss_fn(y, model(x)) + tf.add_n(model.losses)")],
    [
      "added by a statement",
      SEQUENTIAL + step("loss_fn(y, model(x))", "    loss += sum(model.losses)\n"),
    ],
    [
      "added by a helper",
      `def extra(m):\n    return tf.add_n(m.losses)\n${SEQUENTIAL}${step("loss_fn(y, model(x)) + extra(model)")}`,
    ],
    ["fit", `${SEQUENTIAL}model.fit(ds)\n${step("loss_fn(y, model(x))")}`],
    ["compute_loss", SEQUENTIAL + step("model.compute_loss(x, y, model(x))")],
    ["a helper elsewhere", SEQUENTIAL + step("loss_fn(y, model(x)) + reg_loss(model)")],
    ["no regularizer", `model = keras.Sequential([L.Dense(9)])\n${step("loss_fn(y, model(x))")}`],
    [
      "a regularizer that is None",
      `model = keras.Sequential([L.Dense(9, kernel_regularizer=None)])\n${step("loss_fn(y, model(x))")}`,
    ],
    [
      "another model",
      `${SEQUENTIAL}other = keras.Sequential([L.Dense(9)])\n${step("loss_fn(y, other(x))")}`,
    ],
    ["a model from elsewhere", `${SEQUENTIAL}net = load()\n${step("loss_fn(y, net(x))")}`],
    [
      "half-typed",
      `${SEQUENTIAL}with tf.GradientTape() as tape:\n    loss = loss_fn(y, model(x)\ng = tape.gradient(loss, v)`,
    ],
  ])("stays silent: %s", (_name, code) => checkRule(rule, IMPORTS + silent(code)));
});
