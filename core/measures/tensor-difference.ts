/** How tensor A differs from tensor B of the same shape, over the entries that are finite in both. */
export interface TensorDifference {
  /** ‖A − B‖₂ */
  readonly norm: number;
  /** max |A − B|, 0 without entries. */
  readonly maxAbs: number;
  /** Entries that are exactly zero in A and not in B. */
  readonly gained: number;
  /** Entries that are exactly zero in B and not in A. */
  readonly lost: number;
  /** Entries that are NaN or ±∞ in A or in B. */
  readonly nonFinite: number;
}

type Values = Float32Array | Float64Array;

/** Takes two tensors in piece by piece; sums are in order and in binary64. */
export interface DifferenceSum {
  /** @throws {RangeError} If the pieces differ in length. */
  readonly add: (a: Values, b: Values) => void;
  readonly result: () => TensorDifference;
}

export function differenceSum(): DifferenceSum {
  let [squares, maxAbs, gained, lost, nonFinite] = [0, 0, 0, 0, 0];
  return {
    add(a, b) {
      if (a.length !== b.length) {
        throw new RangeError(`Cannot subtract ${b.length} values from ${a.length}`);
      }
      for (let index = 0; index < a.length; index += 1) {
        const [left, right] = [a[index] ?? 0, b[index] ?? 0];
        const difference = Math.abs(left - right);
        // ∞ − ∞ is NaN and ∞ minus a number is ∞, so one look tells both.
        if (!(difference < Number.POSITIVE_INFINITY)) {
          nonFinite += 1;
          continue;
        }
        squares += difference * difference;
        if (difference > maxAbs) maxAbs = difference;
        if (left === 0 && right !== 0) gained += 1;
        if (right === 0 && left !== 0) lost += 1;
      }
    },
    result: () => ({ norm: Math.sqrt(squares), maxAbs, gained, lost, nonFinite }),
  };
}
