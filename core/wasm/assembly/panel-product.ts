// The product of two panels of binary64 numbers: four vectors side by side, entry after entry.

/** Bytes of one entry of a panel's four vectors. */
export const PANEL_ENTRY_BYTES: usize = 32;

/** A class because that is where a function can be marked to be inlined; a call costs a fifth. */
export class PanelProduct {
  /**
   * Adds SᵀT of two panels of `length` entries to the 4 × 4 numbers at `out`, whose rows lie `stride`
   * bytes apart. Every inner product is a sum over entries in their order.
   */
  @inline
  static add(s: usize, t: usize, length: i32, out: usize, stride: usize): void {
    let c00 = f64x2.splat(0);
    let c01 = c00;
    let c10 = c00;
    let c11 = c00;
    let c20 = c00;
    let c21 = c00;
    let c30 = c00;
    let c31 = c00;
    const end = s + <usize>length * PANEL_ENTRY_BYTES;
    for (; s < end; s += PANEL_ENTRY_BYTES, t += PANEL_ENTRY_BYTES) {
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
}
