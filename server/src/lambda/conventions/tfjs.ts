import type { ConventionFamily } from "../convention.ts";
import { ANY_MEAN, l1Side, l2Side, twoTermSide } from "../sides.ts";

const SOURCE = "https://js.tensorflow.org/api/latest/#Regularizers";

export const tfjs: ConventionFamily = {
  title: "TensorFlow.js",
  conventions: [
    {
      id: "tfjs-l2",
      framework: "TensorFlow.js",
      api: "tf.regularizers.l2",
      parameters: [{ name: "l2", default: 0.01, what: "L2 coefficient" }],
      objective: {
        plain: "loss + l2·‖w‖²",
        tex: String.raw`L(w) + \mathtt{l2}\lVert w\rVert_2^2`,
      },
      penalty: l2Side(ANY_MEAN, "l2", 1),
      code: ({ l2 }) => `tf.regularizers.l2({ l2: ${l2} })`,
      notes: ["There is no ½, as in Keras. tf.train's optimizers have no weight decay."],
      source: SOURCE,
    },
    {
      id: "tfjs-l1",
      framework: "TensorFlow.js",
      api: "tf.regularizers.l1",
      parameters: [{ name: "l1", default: 0.01, what: "L1 coefficient" }],
      objective: { plain: "loss + l1·‖w‖₁", tex: String.raw`L(w) + \mathtt{l1}\lVert w\rVert_1` },
      penalty: l1Side(ANY_MEAN, "l1"),
      code: ({ l1 }) => `tf.regularizers.l1({ l1: ${l1} })`,
      notes: [],
      source: SOURCE,
    },
    {
      id: "tfjs-l1l2",
      framework: "TensorFlow.js",
      api: "tf.regularizers.l1l2",
      parameters: [
        { name: "l1", default: 0.01, what: "L1 coefficient" },
        { name: "l2", default: 0.01, what: "L2 coefficient" },
      ],
      objective: {
        plain: "loss + l1·‖w‖₁ + l2·‖w‖²",
        tex: String.raw`L(w) + \mathtt{l1}\lVert w\rVert_1 + \mathtt{l2}\lVert w\rVert_2^2`,
      },
      penalty: twoTermSide(ANY_MEAN, { l1: "l1", l2: "l2" }, 1),
      code: ({ l1, l2 }) => `tf.regularizers.l1l2({ l1: ${l1}, l2: ${l2} })`,
      notes: ["There is no ½, as in Keras."],
      source: SOURCE,
    },
  ],
};
