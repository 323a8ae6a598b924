import { matchPoints, type PointSet } from "./point-set.ts";

/** Indices in `to` of the points that `selected` names in `from`; those that `to` lacks are left out. */
export function remapPoints(from: PointSet, to: PointSet, selected: Int32Array): Int32Array {
  if (selected.length === 0 || from === to) return selected;
  const isSelected = new Uint8Array(from.rows.length);
  for (const index of selected) isSelected[index] = 1;
  const matches = matchPoints(from, to);
  const found: number[] = [];
  for (const [index, match] of matches.entries()) if (isSelected[match] === 1) found.push(index);
  return Int32Array.from(found);
}
