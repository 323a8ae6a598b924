import type { InkColor } from "./figure.ts";
import { SERIES_COLORS } from "./figure.ts";

/**
 * Colour of a run wherever several are drawn: the panel's own is the first, others follow in the
 * order in which they were ticked, and what goes beyond the palette is grey.
 *
 * @param index 0 for the panel's own run
 */
export function runColor(index: number): InkColor {
  return SERIES_COLORS[index] ?? "muted";
}
