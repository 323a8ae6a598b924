// Block coordinate descent on ½tr(WᵀGW) − tr(CᵀW) + l1·Σⱼ‖Wⱼ‖₂ + ½l2·‖W‖²: one group a feature.
import { dualityGap, join, settled } from "./elastic-net.ts";
import { addScaled } from "./vectors.ts";

/**
 * One λ of a multi-task elastic net over a Gram matrix; otherwise as `descendGram`.
 *
 * W, C and Q = C − GW are [outputs, ld]: the weights of one output lie side by side. `scratch`
 * [outputs] is working space.
 */
export function descendGroups(
  g: usize,
  c: usize,
  yy: f64,
  p: i32,
  ld: i32,
  outputs: i32,
  l1: f64,
  l2: f64,
  goal: f64,
  mostSweeps: i32,
  w: usize,
  q: usize,
  list: usize,
  isListed: usize,
  scratch: usize,
  report: usize,
): f64 {
  let count = load<i32>(report);
  let sweeps = 0;
  let change: f64 = 1;
  let gap: f64 = Infinity;
  while (true) {
    gap = groupGap(c, yy, p, ld, outputs, l1, l2, w, q);
    const joined = joinGroups(p, ld, outputs, l1, q, list, isListed, count);
    if (gap <= goal || sweeps >= mostSweeps) break;
    const isStuck = joined === count && change === 0;
    count = joined;
    if (isStuck) break;
    change = sweepGroups(g, ld, outputs, l1, l2, w, q, list, count, scratch);
    sweeps++;
  }
  store<i32>(report, count);
  store<i32>(report, sweeps, 4);
  return gap;
}

function sweepGroups(
  g: usize,
  ld: i32,
  outputs: i32,
  l1: f64,
  l2: f64,
  w: usize,
  q: usize,
  list: usize,
  count: i32,
  scratch: usize,
): f64 {
  const stride = (<usize>ld) << 3;
  let largestChange: f64 = 0;
  let largest: f64 = 0;
  for (let k = 0; k < count; k++) {
    const j = load<i32>(list + ((<usize>k) << 2));
    const place = (<usize>j) << 3;
    const column = g + <usize>j * stride;
    const curvature = load<f64>(column + place);
    if (curvature <= 0) continue;
    let square: f64 = 0;
    for (let o = 0; o < outputs; o++) {
      const at = <usize>o * stride + place;
      const pull = load<f64>(q + at) + curvature * load<f64>(w + at);
      store<f64>(scratch + ((<usize>o) << 3), pull);
      square += pull * pull;
    }
    const norm = sqrt(square);
    const shrink = norm > l1 ? (1 - l1 / norm) / (curvature + l2) : 0;
    for (let o = 0; o < outputs; o++) {
      const at = <usize>o * stride + place;
      const next = shrink * load<f64>(scratch + ((<usize>o) << 3));
      const change = next - load<f64>(w + at);
      if (change !== 0) {
        store<f64>(w + at, next);
        addScaled(q + <usize>o * stride, column, -change, ld);
        largestChange = max(largestChange, abs(change));
      }
      largest = max(largest, abs(next));
    }
  }
  return settled(largestChange, largest);
}

/** ‖row j‖₂ over the outputs of a matrix [outputs, ld]. */
function rowNorm(matrix: usize, j: i32, ld: i32, outputs: i32): f64 {
  let square: f64 = 0;
  for (let o = 0; o < outputs; o++) {
    const value = load<f64>(matrix + ((<usize>(o * ld + j)) << 3));
    square += value * value;
  }
  return sqrt(square);
}

function joinGroups(
  p: i32,
  ld: i32,
  outputs: i32,
  l1: f64,
  q: usize,
  list: usize,
  isListed: usize,
  count: i32,
): i32 {
  for (let j = 0; j < p; j++) {
    if (load<u8>(isListed + <usize>j) !== 0) continue;
    if (rowNorm(q, j, ld, outputs) <= l1) continue;
    count = join(j, list, isListed, count);
  }
  return count;
}

function groupGap(
  c: usize,
  yy: f64,
  p: i32,
  ld: i32,
  outputs: i32,
  l1: f64,
  l2: f64,
  w: usize,
  q: usize,
): f64 {
  let cw: f64 = 0;
  let qw: f64 = 0;
  let sum: f64 = 0;
  let squares: f64 = 0;
  let dual: f64 = 0;
  for (let j = 0; j < p; j++) {
    let slopes: f64 = 0;
    let weights: f64 = 0;
    for (let o = 0; o < outputs; o++) {
      const at = (<usize>(o * ld + j)) << 3;
      const weight = load<f64>(w + at);
      const slope = load<f64>(q + at);
      const rest = slope - l2 * weight;
      slopes += rest * rest;
      weights += weight * weight;
      cw += load<f64>(c + at) * weight;
      qw += slope * weight;
    }
    dual = max(dual, sqrt(slopes));
    sum += sqrt(weights);
    squares += weights;
  }
  return dualityGap(yy - cw - qw, yy - cw, dual, sum, squares, l1, l2);
}
