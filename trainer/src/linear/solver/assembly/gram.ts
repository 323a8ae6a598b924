// Products of a block of rows with itself, four columns by four, in 128-bit lanes.
import { PanelProduct } from "../../../../../core/wasm/assembly/panel-product.ts";
import { panelAt } from "./panels.ts";

/**
 * Packs `rows` (at most 256) rows of `x` [rows, ld] into panels of four columns: panel q holds the
 * columns 4q … 4q+3 of row after row. `ld` is a multiple of four.
 */
export function packPanels(x: usize, rows: i32, ld: i32, pack: usize): void {
  const panels = ld >> 2;
  for (let row = 0; row < rows; row++) {
    const from = x + ((<usize>row * ld) << 3);
    for (let panel = 0; panel < panels; panel++) {
      const source = from + ((<usize>panel) << 5);
      const target = panelAt(pack, panel) + ((<usize>row) << 5);
      v128.store(target, v128.load(source));
      v128.store(target, v128.load(source, 16), 16);
    }
  }
}

/**
 * G += XᵀX for packed rows: rows of panels `first` … `last`-1, of each row the columns from its own
 * panel on. The half below the diagonal is left alone; `mirror` fills it.
 *
 * Every entry is a sum over rows in their order, whatever the range of panels.
 */
export function gramPanels(pack: usize, rows: i32, ld: i32, g: usize, first: i32, last: i32): void {
  const panels = ld >> 2;
  const stride = (<usize>ld) << 3;
  for (let a = first; a < last; a++) {
    const left = panelAt(pack, a);
    const out = g + <usize>a * 4 * stride;
    for (let b = a; b < panels; b++) {
      PanelProduct.add(left, panelAt(pack, b), rows, out + ((<usize>b) << 5), stride);
    }
  }
}

/** Copies the half above the diagonal of G [ld, ld] below it, in tiles. */
export function mirror(g: usize, ld: i32): void {
  const tile = 32;
  for (let top = 0; top < ld; top += tile) {
    const bottom = min(top + tile, ld);
    for (let left = 0; left <= top; left += tile) {
      for (let i = top; i < bottom; i++) {
        const right = min(left + tile, i);
        for (let j = left; j < right; j++) {
          store<f64>(g + ((<usize>(i * ld + j)) << 3), load<f64>(g + ((<usize>(j * ld + i)) << 3)));
        }
      }
    }
  }
}

/** T = A − B − m·s·sᵀ over [ld, ld]: a training part is all rows but the fold's, re-centred. */
export function leaveOut(t: usize, a: usize, b: usize, s: usize, m: f64, ld: i32): void {
  for (let i = 0; i < ld; i++) {
    const factor = f64x2.splat(m * load<f64>(s + ((<usize>i) << 3)));
    const row = (<usize>i * ld) << 3;
    for (let j = 0; j < ld; j += 2) {
      const at = row + ((<usize>j) << 3);
      const shift = f64x2.mul(factor, v128.load(s + ((<usize>j) << 3)));
      const rest = f64x2.sub(v128.load(a + at), v128.load(b + at));
      v128.store(t + at, f64x2.sub(rest, shift));
    }
  }
}
