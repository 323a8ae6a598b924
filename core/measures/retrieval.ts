import { checkPaired } from "./cosine.ts";
import type { Matrix } from "./matrix.ts";
import { partnerRanks } from "./partner-ranks.ts";
import { finiteRows, selectRows, unitRows } from "./unit-rows.ts";

export interface Retrieval {
  /** Pairs that were ranked: rows with a direction on both sides. */
  readonly n: number;
  readonly recall1: number;
  readonly recall5: number;
  readonly recall10: number;
  /** Mean of 1/rank. */
  readonly mrr: number;
  readonly medianRank: number;
  /** Rank of each row's own partner, 1 is best; NaN for a row that was left out. */
  readonly ranks: Float64Array;
}

/**
 * Rank of row i's partner among all targets: 1 + #{j: sᵢⱼ > sᵢᵢ} + ½·#{j ≠ i: sᵢⱼ = sᵢᵢ}, s the cosine.
 *
 * Counting half of the ties keeps a collapsed embedding, where all similarities are equal, at
 * chance; the usual optimistic rank would call it perfect. recall@k is the share of ranks ≤ k.
 * `queries` and `targets` are [n, d] with paired rows. A pair with a side that is NaN, ±∞ or zero is
 * left out, also as a target. With no pairs all figures are NaN. Similarities are held for a block of
 * rows at a time, never all n².
 *
 * @throws {RangeError} If the shapes differ.
 */
export function retrieval(queries: Matrix, targets: Matrix): Retrieval {
  return retrievalBothWays(queries, targets)[0];
}

/**
 * {@link retrieval} of `z` by `x` and of `x` by `z`, for little more than the price of one. `tell` hears
 * now and then which share of the work is done, 0..1.
 *
 * @throws {RangeError} If the shapes differ.
 */
export function retrievalBothWays(
  x: Matrix,
  z: Matrix,
  tell?: (share: number) => void,
): readonly [Retrieval, Retrieval] {
  checkPaired(x, z);
  const [left, right] = [unitRows(x), unitRows(z)];
  const rows = finiteRows(left, right);
  const kept = (side: Matrix) => (rows.length === x.rows ? side : selectRows(side, rows));
  const [there, back] = partnerRanks(kept(left), kept(right), tell);
  return [figures(there, rows, x.rows), figures(back, rows, x.rows)];
}

/** Figures of the ranks `found` for the named ones of `count` rows. */
function figures(found: Float64Array, rows: readonly number[], count: number): Retrieval {
  const ranks = new Float64Array(count).fill(Number.NaN);
  for (const [index, row] of rows.entries()) ranks[row] = found[index] ?? Number.NaN;
  const sorted = found.toSorted();
  return {
    n: rows.length,
    recall1: recallAt(1, sorted),
    recall5: recallAt(5, sorted),
    recall10: recallAt(10, sorted),
    mrr: sorted.reduce((sum, rank) => sum + 1 / rank, 0) / sorted.length,
    medianRank: median(sorted),
    ranks,
  };
}

function recallAt(k: number, ranks: Float64Array): number {
  return ranks.filter((rank) => rank <= k).length / ranks.length;
}

/** Middle of sorted numbers, or the mean of both middles; NaN for none. */
function median(sorted: Float64Array): number {
  const half = sorted.length / 2;
  const lower = sorted[Math.ceil(half) - 1] ?? Number.NaN;
  const upper = sorted[Math.floor(half)] ?? Number.NaN;
  return (lower + upper) / 2;
}
