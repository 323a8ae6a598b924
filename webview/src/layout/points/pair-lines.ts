import { type PointSet, pointsOfRow } from "./point-set.ts";

/** Items that have lines at a time; more of them hide what they should show. */
export const MOST_LINKED_ITEMS = 60;

/**
 * Lines between all visible points of each item: first and second index of each, one after the other.
 * Items beyond {@link MOST_LINKED_ITEMS} have none.
 */
export function pairLines(
  points: PointSet,
  shown: Uint8Array,
  rows: readonly number[],
): Int32Array {
  const ends: number[] = [];
  for (const row of rows.slice(0, MOST_LINKED_ITEMS)) {
    const own = pointsOfRow(points, row).filter((index) => shown[index] === 1);
    for (const [first, from] of own.entries()) {
      for (const to of own.slice(first + 1)) ends.push(from, to);
    }
  }
  return Int32Array.from(ends);
}
