// Coordinate descent on ½‖y − Xw‖² + l1·‖w‖₁ + ½l2·‖w‖² that keeps the residual instead of a Gram
// matrix: for more features than rows.
import { joinFailing } from "./descend-gram.ts";
import { bestWeight, dualityGap, settled } from "./elastic-net.ts";
import { addScaled, dot } from "./vectors.ts";

/**
 * One λ of an elastic net; sweeps over the coordinates in `list` until the duality gap over these is
 * at most `goal`, then checks all `p`; those that fail join the list. Returns the gap over all.
 *
 * `x` holds columns of `ld` rows, the last ones zero; `norms` [p] their squared lengths; `r` = y − Xw;
 * `q` [p] gets Xᵀr; `report` as in `descendGram`.
 */
export function descendRows(
  x: usize,
  y: usize,
  norms: usize,
  p: i32,
  ld: i32,
  l1: f64,
  l2: f64,
  goal: f64,
  mostSweeps: i32,
  w: usize,
  r: usize,
  q: usize,
  list: usize,
  isListed: usize,
  report: usize,
): f64 {
  let count = load<i32>(report);
  let sweeps = 0;
  let gap: f64 = Infinity;
  while (true) {
    while (sweeps < mostSweeps) {
      const change = sweepRows(x, norms, ld, l1, l2, w, r, list, count);
      sweeps++;
      if (change === 0) break;
      for (let k = 0; k < count; k++) slope(x, load<i32>(list + ((<usize>k) << 2)), ld, r, q);
      if (residualGap(y, ld, l1, l2, w, r, q, list, count, false) <= goal) break;
    }
    for (let j = 0; j < p; j++) slope(x, j, ld, r, q);
    gap = residualGap(y, ld, l1, l2, w, r, q, list, p, true);
    if (gap <= goal || sweeps >= mostSweeps) break;
    const before = count;
    count = joinFailing(p, l1, q, list, isListed, count);
    if (count === before) break;
  }
  store<i32>(report, count);
  store<i32>(report, sweeps, 4);
  return gap;
}

function slope(x: usize, j: i32, ld: i32, r: usize, q: usize): void {
  store<f64>(q + ((<usize>j) << 3), dot(x + ((<usize>j * ld) << 3), r, ld));
}

function sweepRows(
  x: usize,
  norms: usize,
  ld: i32,
  l1: f64,
  l2: f64,
  w: usize,
  r: usize,
  list: usize,
  count: i32,
): f64 {
  let largestChange: f64 = 0;
  let largest: f64 = 0;
  for (let k = 0; k < count; k++) {
    const j = load<i32>(list + ((<usize>k) << 2));
    const place = (<usize>j) << 3;
    const curvature = load<f64>(norms + place);
    if (curvature <= 0) continue;
    const column = x + ((<usize>j * ld) << 3);
    const old = load<f64>(w + place);
    const pull = dot(column, r, ld) + curvature * old;
    const next = bestWeight(pull, curvature, l1, l2);
    const change = next - old;
    if (change !== 0) {
      store<f64>(w + place, next);
      addScaled(r, column, -change, ld);
      largestChange = max(largestChange, abs(change));
    }
    largest = max(largest, abs(next));
  }
  return settled(largestChange, largest);
}

/** The duality gap over the listed coordinates, or over the first `count` with `isAll`. */
function residualGap(
  y: usize,
  ld: i32,
  l1: f64,
  l2: f64,
  w: usize,
  r: usize,
  q: usize,
  list: usize,
  count: i32,
  isAll: bool,
): f64 {
  let sum: f64 = 0;
  let square: f64 = 0;
  let dual: f64 = 0;
  for (let k = 0; k < count; k++) {
    const j = isAll ? k : load<i32>(list + ((<usize>k) << 2));
    const place = (<usize>j) << 3;
    const weight = load<f64>(w + place);
    dual = max(dual, abs(load<f64>(q + place) - l2 * weight));
    sum += abs(weight);
    square += weight * weight;
  }
  return dualityGap(dot(r, r, ld), dot(r, y, ld), dual, sum, square, l1, l2);
}
