// Coordinate descent on ½wᵀGw − cᵀw + l1·‖w‖₁ + ½l2·‖w‖² over a Gram matrix.
import { bestWeight, dualityGap, join, settled } from "./elastic-net.ts";
import { addScaled } from "./vectors.ts";

/**
 * One λ of an elastic net: sweeps over the coordinates in `list` until the duality gap is at most
 * `goal`; returns the gap. Between sweeps every other coordinate is checked and joins the list where
 * its optimality condition fails.
 *
 * `q` = c − Gw is kept for all `p` coordinates. `list` [p] holds `report[0]` coordinates, `isListed`
 * [p] bytes the same as marks. On return `report[0]` is the new length, `report[1]` the sweeps used.
 * A column of zeros keeps the weight 0.
 */
export function descendGram(
  g: usize,
  c: usize,
  yy: f64,
  p: i32,
  ld: i32,
  l1: f64,
  l2: f64,
  goal: f64,
  mostSweeps: i32,
  w: usize,
  q: usize,
  list: usize,
  isListed: usize,
  report: usize,
): f64 {
  let count = load<i32>(report);
  let sweeps = 0;
  let change: f64 = 1;
  let gap: f64 = Infinity;
  while (true) {
    gap = gramGap(c, yy, p, l1, l2, w, q);
    const joined = joinFailing(p, l1, q, list, isListed, count);
    if (gap <= goal || sweeps >= mostSweeps) break;
    const isStuck = joined === count && change === 0;
    count = joined;
    if (isStuck) break;
    change = sweepGram(g, ld, l1, l2, w, q, list, count);
    sweeps++;
  }
  store<i32>(report, count);
  store<i32>(report, sweeps, 4);
  return gap;
}

/** One pass over the listed coordinates; returns the largest change relative to the largest weight. */
export function sweepGram(
  g: usize,
  ld: i32,
  l1: f64,
  l2: f64,
  w: usize,
  q: usize,
  list: usize,
  count: i32,
): f64 {
  let largestChange: f64 = 0;
  let largest: f64 = 0;
  for (let k = 0; k < count; k++) {
    const j = load<i32>(list + ((<usize>k) << 2));
    const column = g + ((<usize>j * ld) << 3);
    const curvature = load<f64>(column + ((<usize>j) << 3));
    if (curvature <= 0) continue;
    const place = (<usize>j) << 3;
    const old = load<f64>(w + place);
    const pull = load<f64>(q + place) + curvature * old;
    const next = bestWeight(pull, curvature, l1, l2);
    const change = next - old;
    if (change !== 0) {
      store<f64>(w + place, next);
      addScaled(q, column, -change, ld);
      largestChange = max(largestChange, abs(change));
    }
    largest = max(largest, abs(next));
  }
  return settled(largestChange, largest);
}

/** Lists the coordinates that would leave zero; returns the length of the list. */
export function joinFailing(
  p: i32,
  l1: f64,
  q: usize,
  list: usize,
  isListed: usize,
  count: i32,
): i32 {
  for (let j = 0; j < p; j++) {
    if (load<u8>(isListed + <usize>j) !== 0) continue;
    if (abs(load<f64>(q + ((<usize>j) << 3))) <= l1) continue;
    count = join(j, list, isListed, count);
  }
  return count;
}

/** The duality gap, with ‖y − Xw‖² = yᵀy − cᵀw − qᵀw. */
function gramGap(c: usize, yy: f64, p: i32, l1: f64, l2: f64, w: usize, q: usize): f64 {
  let cw: f64 = 0;
  let qw: f64 = 0;
  let sum: f64 = 0;
  let square: f64 = 0;
  let dual: f64 = 0;
  for (let j = 0; j < p; j++) {
    const place = (<usize>j) << 3;
    const weight = load<f64>(w + place);
    const slope = load<f64>(q + place);
    dual = max(dual, abs(slope - l2 * weight));
    if (weight === 0) continue;
    cw += load<f64>(c + place) * weight;
    qw += slope * weight;
    sum += abs(weight);
    square += weight * weight;
  }
  return dualityGap(yy - cw - qw, yy - cw, dual, sum, square, l1, l2);
}

/**
 * Continues the straight line that weights follow between two kinks of the path: w += t·(w − before),
 * and the same for q, which is linear in w. A weight that would change its sign stops at zero.
 * `before` and `qBefore` get the values from which the step was taken.
 */
export function extrapolate(
  g: usize,
  p: i32,
  ld: i32,
  t: f64,
  w: usize,
  before: usize,
  q: usize,
  qBefore: usize,
): void {
  for (let i = 0; i < ld; i++) {
    const place = (<usize>i) << 3;
    const now = load<f64>(q + place);
    store<f64>(q + place, now + t * (now - load<f64>(qBefore + place)));
    store<f64>(qBefore + place, now);
  }
  for (let j = 0; j < p; j++) {
    const place = (<usize>j) << 3;
    const now = load<f64>(w + place);
    const next = now + t * (now - load<f64>(before + place));
    store<f64>(before + place, now);
    if (next * now > 0) {
      store<f64>(w + place, next);
    } else if (next !== 0) {
      store<f64>(w + place, 0);
      addScaled(q, g + ((<usize>j * ld) << 3), next, ld);
    }
  }
}
