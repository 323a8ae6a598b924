// Householder reduction of a symmetric matrix to tridiagonal form, and what follows from it.
import { addScaled, dot } from "./vectors.ts";

/**
 * Reduces A [ld, ld], of which the first `n` rows and columns count, to QᵀAQ with diagonal `d` [n] and
 * `e` [n], e[i] between i and i+1. The reflector of step k, from entry k+1 on, stays in row k of A with
 * its factor in `tau[k]`. `u` [ld] is working space.
 *
 * @see Golub & Van Loan 2013, "Matrix Computations", algorithm 8.3.1.
 */
export function tridiagonalize(
  a: usize,
  n: i32,
  ld: i32,
  d: usize,
  e: usize,
  tau: usize,
  u: usize,
): void {
  memory.fill(u, 0, (<usize>ld) << 3);
  for (let k = 0; k < n - 1; k++) {
    const row = a + ((<usize>(k * ld)) << 3);
    const first = k + 1;
    const start = first & ~1;
    const length = ld - start;
    const tail = (<usize>start) << 3;
    store<f64>(d + ((<usize>k) << 3), load<f64>(row + ((<usize>k) << 3)));
    const factor = reflector(row, first, n, ld, e + ((<usize>k) << 3));
    store<f64>(tau + ((<usize>k) << 3), factor);
    if (factor === 0) continue;
    // u = factor·A·h, then v = u − ½factor(uᵀh)h and A −= hvᵀ + vhᵀ.
    for (let i = first; i < n; i++) {
      const value = dot(a + ((<usize>(i * ld)) << 3) + tail, row + tail, length);
      store<f64>(u + ((<usize>i) << 3), factor * value);
    }
    if (start < first) store<f64>(u + tail, 0);
    const half = 0.5 * factor * dot(u + tail, row + tail, length);
    addScaled(u + tail, row + tail, -half, length);
    for (let i = first; i < n; i++) {
      const target = a + ((<usize>(i * ld)) << 3) + tail;
      const h = load<f64>(row + ((<usize>i) << 3));
      const w = load<f64>(u + ((<usize>i) << 3));
      subtractTwo(target, u + tail, h, row + tail, w, length);
    }
  }
  store<f64>(d + ((<usize>(n - 1)) << 3), load<f64>(a + ((<usize>((n - 1) * ld + n - 1)) << 3)));
  store<f64>(e + ((<usize>(n - 1)) << 3), 0);
  store<f64>(tau + ((<usize>(n - 1)) << 3), 0);
}

/** y −= s·a + t·b. */
function subtractTwo(y: usize, a: usize, s: f64, b: usize, t: f64, length: i32): void {
  const left = f64x2.splat(s);
  const right = f64x2.splat(t);
  const end = y + ((<usize>length) << 3);
  for (; y < end; y += 16, a += 16, b += 16) {
    const both = f64x2.add(f64x2.mul(left, v128.load(a)), f64x2.mul(right, v128.load(b)));
    v128.store(y, f64x2.sub(v128.load(y), both));
  }
}

/**
 * Makes row entries first … n−1 the reflector h with (I − factor·hhᵀ)x = (±‖x‖, 0, …), h[first] = 1;
 * entries outside are zeroed. Stores ±‖x‖ at `e` and returns the factor, 0 where nothing is to reflect.
 */
function reflector(row: usize, first: i32, n: i32, ld: i32, e: usize): f64 {
  for (let i = 0; i < first; i++) store<f64>(row + ((<usize>i) << 3), 0);
  for (let i = n; i < ld; i++) store<f64>(row + ((<usize>i) << 3), 0);
  const head = row + ((<usize>first) << 3);
  const alpha = load<f64>(head);
  let square: f64 = 0;
  for (let i = first + 1; i < n; i++) {
    const value = load<f64>(row + ((<usize>i) << 3));
    square += value * value;
  }
  if (square === 0) {
    store<f64>(e, alpha);
    return 0;
  }
  const beta = -copysign(sqrt(alpha * alpha + square), alpha);
  const scale = 1 / (alpha - beta);
  for (let i = first + 1; i < n; i++) {
    const place = row + ((<usize>i) << 3);
    store<f64>(place, load<f64>(place) * scale);
  }
  store<f64>(head, 1);
  store<f64>(e, beta);
  return (beta - alpha) / beta;
}

/**
 * Rows `from` … `to`-1 of V [·, ld], each ← Q·row, or Qᵀ·row with `isTransposed`: Q takes vectors of the
 * tridiagonal matrix to those of the matrix itself.
 */
export function reflectRows(
  a: usize,
  n: i32,
  ld: i32,
  tau: usize,
  v: usize,
  from: i32,
  to: i32,
  isTransposed: bool,
): void {
  for (let index = 0; index < n - 1; index++) {
    const step = isTransposed ? index : n - 2 - index;
    const factor = load<f64>(tau + ((<usize>step) << 3));
    if (factor === 0) continue;
    const start = (step + 1) & ~1;
    const row = a + ((<usize>(step * ld + start)) << 3);
    const length = ld - start;
    for (let i = from; i < to; i++) {
      const target = v + ((<usize>(i * ld + start)) << 3);
      addScaled(target, row, -factor * dot(row, target, length), length);
    }
  }
}

/**
 * Applies `count` rotations (c, s) at rows `places[k]`, `places[k]`+1 of V, in the columns `from` …
 * `to`-1 (multiples of two) alone, so that a strip stays in the cache.
 */
export function rotateRows(
  v: usize,
  ld: i32,
  from: i32,
  to: i32,
  rotations: usize,
  places: usize,
  count: i32,
): void {
  const stride = (<usize>ld) << 3;
  const width = (<usize>(to - from)) << 3;
  for (let k = 0; k < count; k++) {
    const c = f64x2.splat(load<f64>(rotations + ((<usize>k) << 4)));
    const s = f64x2.splat(load<f64>(rotations + ((<usize>k) << 4), 8));
    let upper = v + <usize>load<i32>(places + ((<usize>k) << 2)) * stride + ((<usize>from) << 3);
    let lower = upper + stride;
    const end = upper + width;
    for (; upper < end; upper += 16, lower += 16) {
      const a = v128.load(upper);
      const b = v128.load(lower);
      v128.store(lower, f64x2.add(f64x2.mul(s, a), f64x2.mul(c, b)));
      v128.store(upper, f64x2.sub(f64x2.mul(c, a), f64x2.mul(s, b)));
    }
  }
}

/**
 * One implicit QL run over the tridiagonal (d, e) from the state at `state` (next eigenvalue index l,
 * status): works until all eigenvalues are found or `most` rotations are recorded. Returns the number
 * recorded; `state[0]` = n when done, `state[1]` = 1 where an eigenvalue took more than 60 sweeps.
 *
 * @see Golub & Van Loan 2013, section 8.3.5; Bowdler, Martin, Reinsch & Wilkinson 1968 (tql2).
 */
export function implicitQl(
  d: usize,
  e: usize,
  n: i32,
  rotations: usize,
  places: usize,
  most: i32,
  state: usize,
): i32 {
  let recorded = 0;
  let l = load<i32>(state);
  let sweeps = load<i32>(state, 8);
  while (l < n) {
    let m = l;
    for (; m < n - 1; m++) {
      const scale =
        abs(load<f64>(d + ((<usize>m) << 3))) + abs(load<f64>(d + ((<usize>m) << 3), 8));
      if (abs(load<f64>(e + ((<usize>m) << 3))) <= 2.220446049250313e-16 * scale) break;
    }
    if (m === l) {
      l++;
      sweeps = 0;
      continue;
    }
    if (recorded + (m - l) > most) break;
    if (sweeps === 60) {
      store<i32>(state, 1, 4);
      break;
    }
    sweeps++;
    recorded += qlSweep(d, e, l, m, rotations, places, recorded);
  }
  store<i32>(state, l);
  store<i32>(state, sweeps, 8);
  return recorded;
}

function qlSweep(
  d: usize,
  e: usize,
  l: i32,
  m: i32,
  rotations: usize,
  places: usize,
  offset: i32,
): i32 {
  const at = (<usize>l) << 3;
  const corner = load<f64>(d + at);
  const off = load<f64>(e + at);
  let g = (load<f64>(d + at, 8) - corner) / (2 * off);
  let r = hypotenuse(g, 1);
  g = load<f64>(d + ((<usize>m) << 3)) - corner + off / (g + copysign(r, g));
  let s: f64 = 1;
  let c: f64 = 1;
  let shift: f64 = 0;
  let written = 0;
  for (let i = m - 1; i >= l; i--) {
    const place = (<usize>i) << 3;
    const f = s * load<f64>(e + place);
    const b = c * load<f64>(e + place);
    r = hypotenuse(f, g);
    store<f64>(e + place, r, 8);
    if (r === 0) {
      store<f64>(d + place, load<f64>(d + place, 8) - shift, 8);
      store<f64>(e + ((<usize>m) << 3), 0);
      return written;
    }
    s = f / r;
    c = g / r;
    g = load<f64>(d + place, 8) - shift;
    r = (load<f64>(d + place) - g) * s + 2 * c * b;
    shift = s * r;
    store<f64>(d + place, g + shift, 8);
    g = c * r - b;
    const slot = offset + written;
    store<f64>(rotations + ((<usize>slot) << 4), c);
    store<f64>(rotations + ((<usize>slot) << 4), s, 8);
    store<i32>(places + ((<usize>slot) << 2), i);
    written++;
  }
  store<f64>(d + at, load<f64>(d + at) - shift);
  store<f64>(e + at, g);
  store<f64>(e + ((<usize>m) << 3), 0);
  return written;
}

function hypotenuse(a: f64, b: f64): f64 {
  const x = abs(a);
  const y = abs(b);
  const big = max(x, y);
  if (big === 0) return 0;
  const ratio = min(x, y) / big;
  return big * sqrt(1 + ratio * ratio);
}
