// Packed panels: four columns of a block of rows, row after row, and the product of two of them.

/** Rows of a packed panel: one of four columns stays in the first-level cache. */
const BLOCK: i32 = 256;

/** Where panel number `panel` starts in `pack`. */
export function panelAt(pack: usize, panel: i32): usize {
  return pack + ((<usize>(panel * BLOCK)) << 5);
}

/** A class because that is where a function can be marked to be inlined; a call costs a fifth. */
export class Panels {
  /**
   * Adds SᵀT of two panels of `rows` rows to the 4 × 4 numbers at `out`, whose rows lie `stride` bytes
   * apart. Every entry is a sum over rows in their order.
   */
  @inline
  static addProduct(s: usize, t: usize, rows: i32, out: usize, stride: usize): void {
    let c00 = f64x2.splat(0);
    let c01 = c00;
    let c10 = c00;
    let c11 = c00;
    let c20 = c00;
    let c21 = c00;
    let c30 = c00;
    let c31 = c00;
    for (let row = 0; row < rows; row++) {
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
