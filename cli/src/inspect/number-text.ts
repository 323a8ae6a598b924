/** A part of a whole, "–" of nothing. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`;
}

/** Four figures; those that are no number as such. */
export function figureText(value: number): string {
  return value === 0 ? "0" : value.toPrecision(4);
}
