/** Share of a curve that the window of an envelope may cover on either side. */
const WIDEST_WINDOW = 1 / 40;

/**
 * Points on either side that an envelope around a moving average looks at: 2 / (1 − w) for a weight w
 * of the average, less on a curve of few points.
 */
export function envelopeRadius(weight: number, points: number): number {
  if (!(weight > 0)) return 0;
  const widest = Math.max(1, Math.floor(points * WIDEST_WINDOW));
  return Math.min(widest, Math.round(2 / (1 - Math.min(weight, 0.99))));
}

export interface ValueEnvelope {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Least and greatest finite value from the point behind the mark before to each mark, the first from
 * the start, and of `radius` points on either side of them; NaN where there is none.
 *
 * @param marks ascending indices of `values`
 */
export function valueEnvelope(
  values: Float64Array,
  marks: readonly number[],
  radius: number,
): ValueEnvelope {
  const low = new Float64Array(marks.length).fill(Number.NaN);
  const high = new Float64Array(marks.length).fill(Number.NaN);
  let from = 0;
  for (const [place, mark] of marks.entries()) {
    const end = Math.min(values.length, mark + radius + 1);
    let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let index = Math.max(0, from - radius); index < end; index++) {
      const value = values[index] ?? Number.NaN;
      if (!Number.isFinite(value)) continue;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
    if (least <= greatest) [low[place], high[place]] = [least, greatest];
    from = mark + 1;
  }
  return { low, high };
}
