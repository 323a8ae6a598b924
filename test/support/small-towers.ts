import type { TowersModel, TrioData } from "../../core/experiment/experiment.ts";

/** Few small samples, of which an image or a sound may be missing. */
export const SMALL_TRIO: TrioData = {
  source: "trio",
  samples: 30,
  seed: 1,
  noise: 0.05,
  image_size: 8,
  missing: { image: 0.3, text: 0, audio: 0.3 },
  mispaired: { image: 0, text: 0, audio: 0 },
};

/** No two widths are equal, so that none can stand for another. */
export const SMALL_TOWERS: TowersModel = {
  type: "towers",
  private: { image: [6], text: [5], audio: [4] },
  shared: [7],
  embedding: 3,
};
