/** What the ranks of partners say of how many rows are paired wrongly. */
export interface Mispairing {
  /** Rows that were ranked. */
  readonly ranked: number;
  /** Share of ranked rows whose partner ranks below chance, behind the middle of all candidates. */
  readonly belowChance: number;
  /** min(1, 2 · belowChance): the share of rows that are paired with a stranger. */
  readonly estimate: number;
  /** Row numbers whose partner ranks below chance. */
  readonly suspects: readonly number[];
}

/**
 * Tells wrong pairs by ranks that a map which has not seen them gives: the partner of a wrong pair is
 * a stranger, whose rank is uniform over the candidates, so one in two lies behind the middle
 * (n + 1)/2, while the partner of a right pair should not.
 *
 * The estimate is therefore twice the share behind the middle; it is too large by up to 2p where a
 * share p of right pairs ranks behind the middle as well, so it only tells what the map tells. `ranks`
 * [n] are 1 for the best; NaN marks a row that was not ranked, and without ranked rows all shares are
 * NaN. `candidates` is how many each row was ranked among.
 */
export function mispairing(ranks: Float64Array, candidates: Int32Array): Mispairing {
  const suspects: number[] = [];
  let ranked = 0;
  for (const [row, rank] of ranks.entries()) {
    if (Number.isNaN(rank)) continue;
    ranked += 1;
    if (rank > ((candidates[row] ?? 0) + 1) / 2) suspects.push(row);
  }
  const belowChance = suspects.length / ranked;
  return { ranked, belowChance, estimate: Math.min(1, 2 * belowChance), suspects };
}
