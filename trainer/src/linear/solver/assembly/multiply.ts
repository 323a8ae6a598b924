// Products of two packed matrices; see gram.ts for the packing.

/** Rows of a packed panel. */
const BLOCK: i32 = 256;

/**
 * Packs the columns `from` … `from`+`length`-1 (at most 256) of `rows` rows of `x` [rows, ld] so that a
 * panel holds four rows of x: entry r of a panel is column `from`+r of each.
 */
export function packAcross(
  x: usize,
  rows: i32,
  ld: i32,
  from: i32,
  length: i32,
  pack: usize,
): void {
  for (let row = 0; row < rows; row++) {
    const source = x + ((<usize>(row * ld + from)) << 3);
    const target = pack + ((<usize>((row >> 2) * BLOCK)) << 5) + ((<usize>(row & 3)) << 3);
    for (let r = 0; r < length; r++) {
      store<f64>(target + ((<usize>r) << 5), load<f64>(source + ((<usize>r) << 3)));
    }
  }
}

/**
 * C += AᵀB for packed A and B of `length` (at most 256) rows: `panelsA` times `panelsB` panels; C is
 * [4·panelsA, ld].
 */
export function multiplyPanels(
  packA: usize,
  panelsA: i32,
  packB: usize,
  panelsB: i32,
  length: i32,
  c: usize,
  ld: i32,
): void {
  const stride = (<usize>ld) << 3;
  for (let b = 0; b < panelsB; b++) {
    for (let a = 0; a < panelsA; a++) {
      let s = packA + ((<usize>(a * BLOCK)) << 5);
      let t = packB + ((<usize>(b * BLOCK)) << 5);
      let c00 = f64x2.splat(0);
      let c01 = c00;
      let c10 = c00;
      let c11 = c00;
      let c20 = c00;
      let c21 = c00;
      let c30 = c00;
      let c31 = c00;
      for (let row = 0; row < length; row++) {
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
        s += 32;
        t += 32;
      }
      let out = c + <usize>a * 4 * stride + ((<usize>b) << 5);
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
  }
}
