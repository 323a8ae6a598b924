// Inner products of vectors of binary64 numbers, four vectors to a panel.

import { PANEL_ENTRY_BYTES, PanelProduct } from "../../../wasm/assembly/panel-product.ts";

/**
 * Adds the inner products of `panels` panels of `length` entries to those in the lower triangle of
 * `out` [4·panels, 4·panels]; panels follow one another `room` entries apart.
 */
export function addGram(at: usize, panels: i32, length: i32, room: i32, out: usize): void {
  const size = <usize>room * PANEL_ENTRY_BYTES;
  const stride = (<usize>panels) << 5;
  for (let i = 0; i < panels; i++) {
    for (let j = 0; j <= i; j++) {
      const place = out + (((<usize>i) << 2) * stride + ((<usize>j) << 5));
      PanelProduct.add(at + <usize>i * size, at + <usize>j * size, length, place, stride);
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
  const size = <usize>length * PANEL_ENTRY_BYTES;
  const stride = (<usize>right) << 5;
  if (isFirst) memory.fill(out, 0, 4 * <usize>left * stride);
  for (let j = 0; j < right; j++) {
    for (let i = 0; i < left; i++) {
      const place = out + (((<usize>i) << 2) * stride + ((<usize>j) << 5));
      PanelProduct.add(a + <usize>i * size, b + <usize>j * size, length, place, stride);
    }
  }
}
