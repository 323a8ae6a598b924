/**
 * Adjusted Rand index of two labellings of the same rows, in [−½, 1]: 1 where they group the same rows,
 * however the groups are named, and 0 in the mean for labellings drawn at random.
 *
 * (Σ C(nᵢⱼ, 2) − E)/(½(Σ C(aᵢ, 2) + Σ C(bⱼ, 2)) − E) with E = Σ C(aᵢ, 2)·Σ C(bⱼ, 2)/C(n, 2). 1 where both
 * put all rows into one group, or each into its own; NaN for fewer than two rows.
 *
 * @throws {RangeError} If the lengths differ.
 * @see Hubert & Arabie 1985, doi:10.1007/BF01908075, eq. (5).
 */
export function adjustedRand(a: Int32Array, b: Int32Array): number {
  if (a.length !== b.length) {
    throw new RangeError(`Cannot compare ${a.length} labels with ${b.length} labels`);
  }
  if (a.length < 2) return Number.NaN;
  const [together, own, other] = [
    new Map<string, number>(),
    new Map<string, number>(),
    new Map<string, number>(),
  ];
  const count = (counts: Map<string, number>, key: string) =>
    counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const [row, label] of a.entries()) {
    count(together, `${label} ${b[row]}`);
    count(own, `${label}`);
    count(other, `${b[row]}`);
  }
  const pairs = (counts: Map<string, number>) =>
    [...counts.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const [both, left, right] = [pairs(together), pairs(own), pairs(other)];
  const expected = (left * right) / ((a.length * (a.length - 1)) / 2);
  const most = (left + right) / 2;
  return most === expected ? 1 : (both - expected) / (most - expected);
}
