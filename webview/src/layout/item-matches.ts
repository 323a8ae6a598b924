import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";

/** Rank and cosine of one item in every direction that it takes part in; rank 1 is best. */
export interface ItemMatch {
  readonly from: string;
  readonly to: string;
  readonly rank: number;
  readonly cosine: number;
}

export function itemMatches(view: EmbeddingView, row: number): ItemMatch[] {
  return view.pairs.flatMap(({ from, to, ranks, cosines }) => {
    const rank = ranks[row] ?? Number.NaN;
    const cosine = cosines[row] ?? Number.NaN;
    return Number.isFinite(rank) ? [{ from, to, rank, cosine }] : [];
  });
}
