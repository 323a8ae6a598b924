/** Puts the values of a range, one end after the other, between two places. */
export type LinearScale = (value: number) => number;

/** The scale that takes both ends of `range` to those of `places`; a range of one value to the first. */
export function linearScale(
  range: readonly [number, number],
  places: readonly [number, number],
): LinearScale {
  const factor = (places[1] - places[0]) / (range[1] - range[0] || 1);
  return (value) => places[0] + (value - range[0]) * factor;
}
