import type { ConventionFamily } from "../convention.ts";
import { ANY_MEAN, l2Side } from "../sides.ts";

export const tensorflow: ConventionFamily = {
  title: "TensorFlow",
  conventions: [
    {
      id: "tf-l2-loss",
      framework: "TensorFlow",
      api: "λ·tf.nn.l2_loss",
      parameters: [{ name: "lambda", default: 0, what: "coefficient" }],
      objective: {
        plain: "loss + λ·tf.nn.l2_loss(w)\n= loss + (λ / 2)·‖w‖²",
        tex: String.raw`L(w) + \frac{\lambda}{2}\lVert w\rVert_2^2`,
      },
      penalty: l2Side(ANY_MEAN, "lambda", 0.5),
      code: ({ lambda }) => `${lambda} * tf.nn.l2_loss(w)`,
      notes: ["The ½ is inside tf.nn.l2_loss."],
      source: "https://www.tensorflow.org/api_docs/python/tf/nn/l2_loss",
    },
  ],
};
