// Packed panels: four columns of a block of rows, row after row.

import { PANEL_ENTRY_BYTES } from "../../../../../core/wasm/assembly/panel-product.ts";

/** Rows of a packed panel: one of four columns stays in the first-level cache. */
const BLOCK: i32 = 256;

/** Where panel number `panel` starts in `pack`. */
export function panelAt(pack: usize, panel: i32): usize {
  return pack + <usize>(panel * BLOCK) * PANEL_ENTRY_BYTES;
}
