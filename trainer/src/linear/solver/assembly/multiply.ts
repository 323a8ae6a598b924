// Products of two packed matrices.
import { PanelProduct } from "../../../../../core/wasm/assembly/panel-product.ts";
import { panelAt } from "./panels.ts";

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
    const target = panelAt(pack, row >> 2) + ((<usize>(row & 3)) << 3);
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
      const out = c + <usize>a * 4 * stride + ((<usize>b) << 5);
      PanelProduct.add(panelAt(packA, a), panelAt(packB, b), length, out, stride);
    }
  }
}
