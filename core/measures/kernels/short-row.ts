/** Rows of a panel. */
export const PANEL_ROWS = 8;
/** Products of 16-bit integers are added up in 32 bits: ‖a‖‖b‖ has to stay below 2³¹. */
const MAX_LENGTH = Math.sqrt(2 ** 31 - 1);
const MAX_SHORT = 2 ** 15 - 1;

/** How a row was rounded: to `step` times its integers, which is `error` away in length. */
export interface ShortRow {
  readonly step: number;
  readonly error: number;
}

/** Pairs of columns of a panel for rows of so many columns. */
export function columnPairs(columns: number): number {
  return Math.ceil(columns / 2);
}

/**
 * Writes a row as 16-bit integers into its panel: x ≈ step · integers.
 *
 * The step is the smallest with which neither an integer overflows 16 bits nor a product of two rows
 * 32 bits; the error is at most step·√d/2. A row of zeros has step 0. `panels` holds rows in panels of
 * eight, two columns at a time. Only finite numbers are allowed.
 */
export function writeShortRow(values: Float64Array, row: number, panels: Int16Array): ShortRow {
  let squares = 0;
  let largest = 0;
  for (const value of values) {
    squares += value * value;
    largest = Math.max(largest, Math.abs(value));
  }
  // Rounding lengthens a row by up to half a step a column.
  const room = MAX_LENGTH - Math.sqrt(values.length) / 2;
  const step = Math.max(Math.sqrt(squares) / room, largest / MAX_SHORT);
  if (step === 0) return { step: 0, error: 0 };

  const pairs = columnPairs(values.length);
  let place = 2 * PANEL_ROWS * pairs * Math.floor(row / PANEL_ROWS) + 2 * (row % PANEL_ROWS);
  let errors = 0;
  for (let k = 0; k < values.length; k += 1) {
    const value = (values[k] ?? 0) / step;
    const rounded = Math.round(value);
    errors += (value - rounded) ** 2;
    panels[place + (k & 1)] = rounded;
    if ((k & 1) === 1) place += 2 * PANEL_ROWS;
  }
  return { step, error: step * Math.sqrt(errors) };
}
