import { createRandom } from "../../random.ts";

/**
 * Keeps at most `most` of rows whose number is not known in advance, each set of rows as likely as any
 * other; all of them, in their order, where there are no more.
 *
 * @see Vitter 1985, doi:10.1145/3147.3165, algorithm R.
 */
export function createRowSample(
  most: number,
  seed: number,
): {
  /** Slot that the next row goes into; `undefined` where it is not kept. */
  next(): number | undefined;
  /** Rows seen so far. */
  seen(): number;
  /** Slots in the order of the rows that are in them. */
  slots(): Int32Array;
} {
  const random = createRandom(seed, "data/sample");
  const rowOfSlot: number[] = [];
  let seen = 0;
  return {
    next() {
      const row = seen;
      seen += 1;
      const slot = row < most ? row : random.integer(row + 1);
      if (slot >= most) return undefined;
      rowOfSlot[slot] = row;
      return slot;
    },
    seen: () => seen,
    slots: () =>
      Int32Array.from(rowOfSlot.keys()).sort((a, b) => (rowOfSlot[a] ?? 0) - (rowOfSlot[b] ?? 0)),
  };
}
