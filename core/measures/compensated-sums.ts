/** Several sums, with how far each is rounded so far. */
export interface CompensatedSums {
  add(index: number, value: number): void;
  total(index: number): number;
}

/**
 * `count` sums that start at 0; a total is as exact as if it were added in twice the precision.
 *
 * @see Neumaier 1974, doi:10.1002/zamm.19740540106, variant IV.
 */
export function compensatedSums(count: number): CompensatedSums {
  const sums = new Float64Array(count);
  const rest = new Float64Array(count);
  return {
    add(index, value) {
      const sum = sums[index] ?? 0;
      const next = sum + value;
      const lost = Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
      sums[index] = next;
      rest[index] = (rest[index] ?? 0) + lost;
    },
    total: (index) => (sums[index] ?? 0) + (rest[index] ?? 0),
  };
}
