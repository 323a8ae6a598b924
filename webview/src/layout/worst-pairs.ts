import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";
import { type Item, itemAt, labelAt } from "./item-at.ts";

export interface MatchedPair {
  readonly item: Item;
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
  const { ranks, cosines } = pairs;
  const rankOf = (row: number): number => ranks[row] ?? Number.NaN;
  const cosineOf = (row: number): number => cosines[row] ?? Number.NaN;
  return [...ranks.keys()]
    .filter((row) => Number.isFinite(rankOf(row)) && !hiddenClasses.includes(labelAt(view, row)))
    .sort((a, b) => rankOf(b) - rankOf(a) || cosineOf(a) - cosineOf(b))
    .slice(0, limit)
    .map((row) => ({ item: itemAt(view, row), rank: rankOf(row), cosine: cosineOf(row) }));
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
