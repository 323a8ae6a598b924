import type { Place } from "./camera.ts";

/**
 * Indices of the points within a closed outline, by the even-odd rule; `accepts` leaves points out.
 *
 * `xy`: x0, y0, x1, y1, … in the units of the outline. Points on the outline may fall on either side.
 */
export function pointsInside(
  outline: readonly Place[],
  xy: Float32Array,
  accepts: (index: number) => boolean,
): Int32Array {
  const xs = outline.map(({ x }) => x);
  const ys = outline.map(({ y }) => y);
  const [minX, maxX] = [Math.min(...xs), Math.max(...xs)];
  const [minY, maxY] = [Math.min(...ys), Math.max(...ys)];
  const found: number[] = [];
  for (let index = 0; index * 2 + 1 < xy.length; index++) {
    const x = xy[index * 2] ?? Number.NaN;
    const y = xy[index * 2 + 1] ?? Number.NaN;
    // A comparison with NaN is false, so points that are nowhere are outside.
    const isNear = x >= minX && x <= maxX && y >= minY && y <= maxY;
    if (isNear && isInside(xs, ys, { x, y }) && accepts(index)) found.push(index);
  }
  return Int32Array.from(found);
}

/** Counts how often a ray to the right crosses the outline. */
function isInside(xs: readonly number[], ys: readonly number[], { x, y }: Place): boolean {
  let isIn = false;
  let [fromX, fromY] = [xs.at(-1) ?? 0, ys.at(-1) ?? 0];
  for (let corner = 0; corner < xs.length; corner++) {
    const [toX, toY] = [xs[corner] ?? 0, ys[corner] ?? 0];
    const crosses =
      fromY > y !== toY > y && x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX);
    if (crosses) isIn = !isIn;
    [fromX, fromY] = [toX, toY];
  }
  return isIn;
}
