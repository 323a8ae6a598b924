import { packTexts } from "../../core/formats/text-column.ts";
import type { EmbeddingView } from "../../core/protocol/panel/embeddings.ts";

const row = (from: string, to: string, n: number) => ({
  from,
  to,
  n,
  recall1: 0.5,
  recall5: 0.7,
  recall10: 0.9,
  mrr: 0.6,
  medianRank: 2,
  chance: 1 / n,
});

/** Three items in two modalities; the second item has no audio. */
export const VIEW: EmbeddingView = {
  step: 10,
  epoch: 1,
  dimension: 8,
  items: {
    labels: ["circle", "square"],
    labelOf: Int32Array.of(0, 1, 0),
    captions: packTexts(["item 0", "item 1", "item 2"]),
    thumbnailOf: Int32Array.of(-1, -1, -1),
  },
  clouds: [
    { modality: "image", rows: Int32Array.of(0, 1, 2), xy: Float32Array.of(0, 0, 4, 0, 4, 2) },
    { modality: "audio", rows: Int32Array.of(0, 2), xy: Float32Array.of(1, 1, 3, 2) },
  ],
  explained: [0.5, 0.25],
  retrieval: [row("image", "text", 300), row("image", "audio", 275), row("text", "image", 300)],
  gaps: [],
  alignments: [],
  uniformities: [],
  pairs: [
    {
      from: "image",
      to: "audio",
      cosines: Float32Array.of(0.5, Number.NaN, 0.25),
      ranks: Float32Array.of(3, Number.NaN, 3),
    },
  ],
  others: [{ a: "image", b: "audio", counts: [1, 2, 3, 0] }],
};
