import type { Random } from "../../trainer/src/random.ts";

/** Random rows of length 1 and any direction, [rows, dimension] row-major. */
export function unitRows(random: Random, rows: number, dimension: number): number[] {
  return Array.from({ length: rows }, () => {
    const row = Array.from({ length: dimension }, () => random.normal());
    const length = Math.hypot(...row);
    return row.map((value) => value / length);
  }).flat();
}
