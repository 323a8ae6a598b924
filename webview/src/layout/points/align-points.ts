import type { PointSet } from "./point-set.ts";

/**
 * `next`, turned and, where that fits better, mirrored about its own mean so that its points lie
 * towards the same sides as in `shown`: the orthogonal Q that minimises Σ‖Q(xᵢ − x̄) − (yᵢ − ȳ)‖² over
 * the points of both. Neither scale nor place changes. Without a point in common, `next` as it is.
 *
 * The signs of principal axes, and the whole orientation of UMAP, mean nothing; they change from step
 * to step, and without this the picture would flip.
 *
 * @param matches Of every point of `next` its index in `shown`, −1 without one.
 * @see Schönemann 1966, doi:10.1007/BF02289451, here in the plane, where Q is in closed form.
 */
export function alignedTo(shown: PointSet, next: PointSet, matches: Int32Array): PointSet {
  const pairs = matchedPlaces(shown, next, matches);
  if (pairs.count === 0) return next;
  const { xx, xy, yx, yy, meanX, meanY } = covariance(pairs);
  // Fit of the best turn, and of the best turn after mirroring y; equal fits keep the picture as it is.
  const turn = { cos: xx + yy, sin: xy - yx };
  const mirrored = { cos: xx - yy, sin: xy + yx };
  const isMirrored = Math.hypot(mirrored.cos, mirrored.sin) > Math.hypot(turn.cos, turn.sin);
  const best = isMirrored ? mirrored : turn;
  const length = Math.hypot(best.cos, best.sin);
  if (length === 0) return next;
  const [cos, sin] = [best.cos / length, best.sin / length];
  const side = isMirrored ? -1 : 1;
  const turned = new Float32Array(next.xy.length);
  let [minX, maxX] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [minY, maxY] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at + 1 < turned.length; at += 2) {
    const x = (next.xy[at] ?? Number.NaN) - meanX;
    const y = side * ((next.xy[at + 1] ?? Number.NaN) - meanY);
    turned[at] = meanX + cos * x - sin * y;
    turned[at + 1] = meanY + sin * x + cos * y;
    const [left, up] = [turned[at] ?? Number.NaN, turned[at + 1] ?? Number.NaN];
    if (!Number.isFinite(left + up)) continue;
    [minX, maxX] = [Math.min(minX, left), Math.max(maxX, left)];
    [minY, maxY] = [Math.min(minY, up), Math.max(maxY, up)];
  }
  return { ...next, xy: turned, bounds: { minX, maxX, minY, maxY } };
}

interface Pairs {
  readonly count: number;
  /** x, y of `next` and x, y of `shown`, of every point that both have. */
  readonly places: Float64Array;
}

function matchedPlaces(shown: PointSet, next: PointSet, matches: Int32Array): Pairs {
  const places = new Float64Array(4 * matches.length);
  let count = 0;
  for (const [index, match] of matches.entries()) {
    if (match < 0) continue;
    const place = [
      next.xy[index * 2] ?? Number.NaN,
      next.xy[index * 2 + 1] ?? Number.NaN,
      shown.xy[match * 2] ?? Number.NaN,
      shown.xy[match * 2 + 1] ?? Number.NaN,
    ];
    if (!place.every(Number.isFinite)) continue;
    places.set(place, 4 * count);
    count += 1;
  }
  return { count, places };
}

function covariance({ count, places }: Pairs) {
  const means = [0, 0, 0, 0];
  for (let at = 0; at < 4 * count; at++) {
    means[at & 3] = (means[at & 3] ?? 0) + (places[at] ?? 0) / count;
  }
  const [meanX = 0, meanY = 0, shownX = 0, shownY = 0] = means;
  let [xx, xy, yx, yy] = [0, 0, 0, 0];
  for (let at = 0; at < 4 * count; at += 4) {
    const [x, y] = [(places[at] ?? 0) - meanX, (places[at + 1] ?? 0) - meanY];
    const [u, v] = [(places[at + 2] ?? 0) - shownX, (places[at + 3] ?? 0) - shownY];
    xx += x * u;
    xy += x * v;
    yx += y * u;
    yy += y * v;
  }
  return { xx, xy, yx, yy, meanX, meanY };
}
