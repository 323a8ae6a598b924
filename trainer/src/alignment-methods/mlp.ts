import { mean, square, sub, sum, tidy } from "@tensorflow/tfjs-core";
import { trainMap } from "../alignment/train-map.ts";
import { applyStack, layerStack, takeWeights } from "../alignment/trained-stack.ts";
import { alignmentMethod } from "../alignment-method.ts";
import { createParameterStore } from "../layers/parameter-store.ts";

/** Learned, non-linear: the network f of least mean ‖x − f(y)‖², dense layers with ReLU. */
export const mlp = alignmentMethod("mlp", {
  describe: ({ from, to, map_hidden: hidden }) =>
    `mean ‖${to} − f(${from})‖² with f of layers ${hidden.join(", ")}`,
  async fit({ map_hidden: hidden }, task) {
    const store = createParameterStore(task.training.seed);
    const map = layerStack(store, "map", {
      inputs: task.from.columns,
      hidden,
      outputs: task.to.columns,
    });
    await trainMap(task, store.parameters, (from, to) =>
      tidy(() => mean(sum(square(sub(map(from), to)), 1))),
    );
    const weights = await takeWeights(store.parameters);
    return {
      mapFrom: (rows) => applyStack(weights, "map", rows),
      mapTo: (rows) => rows,
      predicts: true,
      weights,
      values: {},
      notes: [`Trained a network with layers ${hidden.join(", ")} on ${task.from.rows} pairs`],
    };
  },
});
