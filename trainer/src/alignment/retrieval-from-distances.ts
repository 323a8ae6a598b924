export interface DistanceRetrieval {
  /** Share of rows whose partner is nearest, a tie counting half a rank each. */
  readonly recall1: number;
  /** Mean distance to the partner. */
  readonly ownMean: number;
  /** Mean distance to all others; NaN for a single row. */
  readonly otherMean: number;
}

/** What distances [n][n] between paired rows say; row i's partner is column i. */
export function retrievalFromDistances(
  distances: readonly (readonly number[])[],
): DistanceRetrieval {
  const n = distances.length;
  let [found, own, other] = [0, 0, 0];
  for (const [i, row] of distances.entries()) {
    const mine = row[i] ?? Number.NaN;
    own += mine;
    let rank = 1;
    for (const [j, value] of row.entries()) {
      if (j === i) continue;
      other += value;
      if (value < mine) rank += 1;
      else if (value === mine) rank += 0.5;
    }
    if (rank <= 1) found += 1;
  }
  return { recall1: found / n, ownMean: own / n, otherMean: other / (n * (n - 1)) };
}
