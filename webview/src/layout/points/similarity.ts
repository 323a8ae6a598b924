import type { EmbeddingView } from "../../../../core/protocol/panel/embeddings.ts";
import type { PointSet } from "./point-set.ts";

/** Steps of the colour scale; finer ones could not be told apart. */
export const RAMP_INKS = 32;

/** Mean cosine of every point to its true partners, and the range that the colours span. */
export interface SimilarityScale {
  /** By point; NaN without a partner. */
  readonly values: Float32Array;
  readonly from: number;
  readonly to: number;
}

/** The range is widened to whole tenths, so that it seldom changes from step to step. */
export function similarityScale(view: EmbeddingView, points: PointSet): SimilarityScale {
  const values = partnerCosines(view, points);
  let [least, most] = [1, -1];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least > most) return { values, from: -1, to: 1 };
  const from = Math.max(-1, Math.floor(least * 10) / 10);
  const to = Math.min(1, Math.ceil(most * 10) / 10);
  return to > from ? { values, from, to } : { values, from: from - 0.1, to: to + 0.1 };
}

/** Step of the scale, 0 is least alike; `undefined` of a point without a partner. */
export function rampIndex({ from, to }: SimilarityScale, value: number): number | undefined {
  if (Number.isNaN(value)) return undefined;
  const step = Math.floor(((value - from) / (to - from)) * RAMP_INKS);
  return Math.min(RAMP_INKS - 1, Math.max(0, step));
}

function partnerCosines(view: EmbeddingView, { rows, clouds, modalities }: PointSet): Float32Array {
  const pairs = modalities.map((name) => view.pairs.filter(({ from }) => from === name));
  return Float32Array.from(rows, (row, index) => {
    let [sum, count] = [0, 0];
    for (const { cosines } of pairs[clouds[index] ?? 0] ?? []) {
      const cosine = cosines[row] ?? Number.NaN;
      if (Number.isNaN(cosine)) continue;
      sum += cosine;
      count += 1;
    }
    return count === 0 ? Number.NaN : sum / count;
  });
}
