// Rows of 16-bit integers in panels of eight, and the product of two panels.
//
// A panel holds its eight rows two columns at a time: entries 2p and 2p+1 of row r are the two halves of
// word 8p + r, so that one instruction multiplies and adds both columns of four rows.

/** Bytes of two columns of a panel's eight rows. */
const PAIR_BYTES: usize = 32;

/** Where panel number `panel` starts in `panels`; rows have `pairs` pairs of columns. */
export function panelAt(panels: usize, panel: i32, pairs: i32): usize {
  return panels + <usize>panel * <usize>pairs * PAIR_BYTES;
}

/** A class because that is where a function can be marked to be inlined. */
export class Panels {
  /**
   * Writes the 4 × 8 products of four rows at `a`, the first half of a panel or the second 16 bytes
   * behind it, and the eight rows of panel `b`, as 32-bit integers.
   */
  @inline
  static product(a: usize, b: usize, pairs: i32, out: usize): void {
    let c00 = i32x4.splat(0);
    let c01 = c00;
    let c10 = c00;
    let c11 = c00;
    let c20 = c00;
    let c21 = c00;
    let c30 = c00;
    let c31 = c00;
    const end = a + <usize>pairs * PAIR_BYTES;
    for (; a < end; a += PAIR_BYTES, b += PAIR_BYTES) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let row = v128.load32_splat(a);
      c00 = i32x4.add(c00, i32x4.dot_i16x8_s(row, b0));
      c01 = i32x4.add(c01, i32x4.dot_i16x8_s(row, b1));
      row = v128.load32_splat(a, 4);
      c10 = i32x4.add(c10, i32x4.dot_i16x8_s(row, b0));
      c11 = i32x4.add(c11, i32x4.dot_i16x8_s(row, b1));
      row = v128.load32_splat(a, 8);
      c20 = i32x4.add(c20, i32x4.dot_i16x8_s(row, b0));
      c21 = i32x4.add(c21, i32x4.dot_i16x8_s(row, b1));
      row = v128.load32_splat(a, 12);
      c30 = i32x4.add(c30, i32x4.dot_i16x8_s(row, b0));
      c31 = i32x4.add(c31, i32x4.dot_i16x8_s(row, b1));
    }
    v128.store(out, c00);
    v128.store(out, c01, 16);
    v128.store(out, c10, 32);
    v128.store(out, c11, 48);
    v128.store(out, c20, 64);
    v128.store(out, c21, 80);
    v128.store(out, c30, 96);
    v128.store(out, c31, 112);
  }
}
