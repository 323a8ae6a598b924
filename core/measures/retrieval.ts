import { checkPaired } from "./cosine.ts";
import { type Matrix, rowDots } from "./matrix.ts";
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
 * left out, also as a target. With no pairs all figures are NaN. One row of similarities is held at
 * a time, never all n².
 *
 * @throws {RangeError} If the shapes differ.
 */
export function retrieval(queries: Matrix, targets: Matrix): Retrieval {
  checkPaired(queries, targets);
  const [from, to] = [unitRows(queries), unitRows(targets)];
  const rows = finiteRows(from, to);
  const found = partnerRanks(selectRows(from, rows), selectRows(to, rows));

  const ranks = new Float64Array(queries.rows).fill(Number.NaN);
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

function partnerRanks(from: Matrix, to: Matrix): Float64Array {
  const similarities = new Float64Array(to.rows);
  return Float64Array.from({ length: from.rows }, (_, query) => {
    rowDots(from, query, to, 0, similarities);
    const own = similarities[query] ?? Number.NaN;
    let better = 0;
    let equal = 0;
    for (let target = 0; target < similarities.length; target += 1) {
      const similarity = similarities[target] ?? Number.NaN;
      if (similarity > own) better += 1;
      else if (similarity === own) equal += 1;
    }
    // The partner itself is one of the equal ones.
    return 1 + better + (equal - 1) / 2;
  });
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
