import type { EmbeddingItem, EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";

export interface MatchedPair {
  readonly item: EmbeddingItem;
  /** Rank of the true partner among all candidates, 1 is best. */
  readonly rank: number;
  readonly cosine: number;
}

/** Pairs whose partner ranks last, worst first, equal ranks by the lower cosine. */
export function worstPairs(
  view: EmbeddingView,
  pairing: number,
  limit: number,
  hiddenClasses: readonly string[] = [],
): MatchedPair[] {
  const pairs = view.pairs[pairing];
  if (pairs === undefined) return [];
  return view.items
    .flatMap((item) => {
      const rank = pairs.ranks[item.row] ?? Number.NaN;
      const cosine = pairs.cosines[item.row] ?? Number.NaN;
      const isShown = Number.isFinite(rank) && !hiddenClasses.includes(item.label);
      return isShown ? [{ item, rank, cosine }] : [];
    })
    .sort((a, b) => b.rank - a.rank || a.cosine - b.cosine)
    .slice(0, limit);
}

/** Rank and cosine of one item in every direction that it takes part in. */
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
