import { add, div, ones, sqrt, square, sum, type Tensor2D, tidy } from "@tensorflow/tfjs-core";
import { trainMap } from "../alignment/train-map.ts";
import { applyStack, layerStack, takeWeights } from "../alignment/trained-stack.ts";
import { alignmentMethod } from "../alignment-method.ts";
import { createParameterStore } from "../layers/parameter-store.ts";
import { infoNce } from "../pair-losses/info-nce.ts";

/** Keeps the gradient finite where a row is mapped to zero. */
const NORM_EPSILON = 1e-6;

/**
 * Learned by contrast: a map of each modality into a common space where partners are nearer than
 * strangers, by {@link infoNce} on unit vectors. Without `map_hidden` both maps are linear.
 */
export const contrastive = alignmentMethod("contrastive", {
  describe: ({ from, to, dimension, temperature }) =>
    `info_nce(τ = ${temperature}) of ${from} and ${to} in ${dimension} dimensions`,
  async fit({ map_hidden: hidden, dimension, temperature }, task) {
    const store = createParameterStore(task.training.seed);
    const own = layerStack(store, "from", {
      inputs: task.from.columns,
      hidden,
      outputs: dimension,
    });
    const other = layerStack(store, "to", { inputs: task.to.columns, hidden, outputs: dimension });
    const settings = { loss: "info_nce", weight: 1, temperature } as const;
    await trainMap(task, store.parameters, (from, to) =>
      tidy(() => infoNce.of(unit(own(from)), unit(other(to)), ones([from.shape[0]]), settings)),
    );
    const weights = await takeWeights(store.parameters);
    return {
      mapFrom: (rows) => applyStack(weights, "from", rows),
      mapTo: (rows) => applyStack(weights, "to", rows),
      predicts: false,
      weights,
      values: {},
      notes: [`Trained maps into ${dimension} dimensions on ${task.from.rows} pairs`],
    };
  },
});

function unit(rows: Tensor2D): Tensor2D {
  return div(rows, sqrt(add(sum(square(rows), 1, true), NORM_EPSILON)));
}
