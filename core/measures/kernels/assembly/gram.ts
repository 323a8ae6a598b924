// Inner products of vectors of binary64 numbers, four vectors to a panel.

/** Bytes of one entry of the four vectors of a panel. */
const ENTRY_BYTES: usize = 32;

/** Adds the 4 × 4 inner products of two panels of `length` entries to `out`, rows `stride` bytes apart. */
function addProducts(s: usize, t: usize, length: i32, out: usize, stride: usize): void {
  let c00 = f64x2.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const end = s + <usize>length * ENTRY_BYTES;
  for (; s < end; s += ENTRY_BYTES, t += ENTRY_BYTES) {
    const t0 = v128.load(t);
    const t1 = v128.load(t, 16);
    let value = v128.load64_splat(s);
    c00 = f64x2.add(c00, f64x2.mul(value, t0));
    c01 = f64x2.add(c01, f64x2.mul(value, t1));
    value = v128.load64_splat(s, 8);
    c10 = f64x2.add(c10, f64x2.mul(value, t0));
    c11 = f64x2.add(c11, f64x2.mul(value, t1));
    value = v128.load64_splat(s, 16);
    c20 = f64x2.add(c20, f64x2.mul(value, t0));
    c21 = f64x2.add(c21, f64x2.mul(value, t1));
    value = v128.load64_splat(s, 24);
    c30 = f64x2.add(c30, f64x2.mul(value, t0));
    c31 = f64x2.add(c31, f64x2.mul(value, t1));
  }
  v128.store(out, f64x2.add(v128.load(out), c00));
  v128.store(out, f64x2.add(v128.load(out, 16), c01), 16);
  out += stride;
  v128.store(out, f64x2.add(v128.load(out), c10));
  v128.store(out, f64x2.add(v128.load(out, 16), c11), 16);
  out += stride;
  v128.store(out, f64x2.add(v128.load(out), c20));
  v128.store(out, f64x2.add(v128.load(out, 16), c21), 16);
  out += stride;
  v128.store(out, f64x2.add(v128.load(out), c30));
  v128.store(out, f64x2.add(v128.load(out, 16), c31), 16);
}

/**
 * Adds the inner products of `panels` panels of `length` entries to those in the lower triangle of
 * `out` [4·panels, 4·panels]; panels follow one another `room` entries apart.
 */
export function addGram(at: usize, panels: i32, length: i32, room: i32, out: usize): void {
  const size = <usize>room * ENTRY_BYTES;
  const stride = (<usize>panels) << 5;
  for (let i = 0; i < panels; i++) {
    for (let j = 0; j <= i; j++) {
      const place = out + (((<usize>i) << 2) * stride + ((<usize>j) << 5));
      addProducts(at + <usize>i * size, at + <usize>j * size, length, place, stride);
    }
  }
}

/**
 * Writes the products of `left` panels at `a` with `right` panels at `b`, of `length` entries, to
 * `out` [4·left, 4·right] where `isFirst`, and else adds them.
 */
export function multiplyPanels(
  a: usize,
  left: i32,
  b: usize,
  right: i32,
  length: i32,
  out: usize,
  isFirst: i32,
): void {
  const size = <usize>length * ENTRY_BYTES;
  const stride = (<usize>right) << 5;
  if (isFirst) memory.fill(out, 0, 4 * <usize>left * stride);
  for (let j = 0; j < right; j++) {
    for (let i = 0; i < left; i++) {
      const place = out + (((<usize>i) << 2) * stride + ((<usize>j) << 5));
      addProducts(a + <usize>i * size, b + <usize>j * size, length, place, stride);
    }
  }
}
