// Loops over vectors whose length is a multiple of two.

/** y += factor·x. */
export function addScaled(y: usize, x: usize, factor: f64, length: i32): void {
  const scale = f64x2.splat(factor);
  const end = y + ((<usize>length) << 3);
  for (; y + 32 <= end; y += 32, x += 32) {
    v128.store(y, f64x2.add(v128.load(y), f64x2.mul(scale, v128.load(x))));
    v128.store(y, f64x2.add(v128.load(y, 16), f64x2.mul(scale, v128.load(x, 16))), 16);
  }
  for (; y < end; y += 16, x += 16) {
    v128.store(y, f64x2.add(v128.load(y), f64x2.mul(scale, v128.load(x))));
  }
}

/** xᵀy. */
export function dot(x: usize, y: usize, length: i32): f64 {
  let a = f64x2.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const end = x + ((<usize>length) << 3);
  for (; x + 64 <= end; x += 64, y += 64) {
    a = f64x2.add(a, f64x2.mul(v128.load(x), v128.load(y)));
    b = f64x2.add(b, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
    c = f64x2.add(c, f64x2.mul(v128.load(x, 32), v128.load(y, 32)));
    d = f64x2.add(d, f64x2.mul(v128.load(x, 48), v128.load(y, 48)));
  }
  for (; x < end; x += 16, y += 16) {
    a = f64x2.add(a, f64x2.mul(v128.load(x), v128.load(y)));
  }
  const sum = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
