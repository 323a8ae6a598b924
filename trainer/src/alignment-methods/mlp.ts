import { trainedAlignment } from "../alignment-method.ts";
import { mapStack } from "../layers/map-stack.ts";

/**
 * Learned, non-linear: the network f of least mean ‖x − f(y)‖², dense layers `map.fc1` … `map.out` with
 * ReLU between them.
 */
export const mlp = trainedAlignment("mlp", {
  describe: ({ from, to, map_hidden: hidden }) =>
    `mean ‖${to} − f(${from})‖² with f of layers ${hidden.join(", ")}`,
  network: ({ map_hidden: hidden }, store, widths) => ({
    dimension: widths.to,
    mapFrom: mapStack(store, "map", { inputs: widths.from, hidden, outputs: widths.to }),
    mapTo: (rows) => rows,
    predicts: true,
    loss: { loss: "squared_distance", weight: 1 },
  }),
});
