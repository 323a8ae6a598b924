import { trainedAlignment } from "../alignment-method.ts";
import { mapStack } from "../layers/map-stack.ts";
import { unitLength } from "../layers/unit-length.ts";

/**
 * Learned by contrast: maps `from.…` and `to.…` of the modalities into a common space where partners
 * are nearer than strangers, by InfoNCE on unit vectors. Without `map_hidden` both maps are linear.
 */
export const contrastive = trainedAlignment("contrastive", {
  describe: ({ from, to, dimension, temperature, learn_temperature: isLearned }) =>
    `info_nce(τ ${isLearned === true ? "learned from" : "="} ${temperature}) of ${from} and ${to} in ${dimension} dimensions`,
  network({ map_hidden: hidden, dimension, ...settings }, store, widths) {
    const own = mapStack(store, "from", { inputs: widths.from, hidden, outputs: dimension });
    const other = mapStack(store, "to", { inputs: widths.to, hidden, outputs: dimension });
    return {
      dimension,
      mapFrom: (rows) => unitLength(own(rows)),
      mapTo: (rows) => unitLength(other(rows)),
      predicts: false,
      loss: {
        loss: "info_nce",
        weight: 1,
        temperature: settings.temperature,
        learn_temperature: settings.learn_temperature === true,
      },
    };
  },
});
