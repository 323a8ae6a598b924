/** Part of a curve, and how finely it is to be kept. */
export interface DecimatedPart {
  /** First index, and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** Parts of equal width on the x axis, at least 1; of each at most four points are kept. */
  readonly buckets: number;
}

/** Indices of the points that are kept, ascending. */
export interface Decimated {
  /** First, least, greatest and last finite point of each bucket, and the first that is not finite. */
  readonly drawn: number[];
  /** The last point of each bucket, each also among `drawn`. */
  readonly last: number[];
}

/**
 * The points of a long curve that draw the same picture as all of it, where a bucket is at most one
 * pixel wide: of each bucket the first, the least, the greatest and the last (M4).
 *
 * `x` ascends. Of a bucket without a finite value one point is kept, so that a line stays broken.
 *
 * @see Jugel et al. 2014, "M4: A Visualization-Oriented Time Series Data Aggregation",
 * doi:10.14778/2732951.2732953
 */
export function decimate(
  x: Float64Array,
  y: Float64Array,
  { start, end, buckets }: DecimatedPart,
): Decimated {
  const drawn: number[] = [];
  const last: number[] = [];
  const low = x[start] ?? 0;
  const width = (x[end - 1] ?? low) - low;
  const perX = width > 0 ? buckets / width : 0;
  for (let from = start; from < end; ) {
    const bucket = bucketOf(((x[from] ?? low) - low) * perX, buckets);
    let to = from + 1;
    while (to < end && bucketOf(((x[to] ?? low) - low) * perX, buckets) === bucket) to++;
    keepBucket(y, from, to, drawn);
    last.push(to - 1);
    from = to;
  }
  return { drawn, last };
}

/** The right end belongs to the last bucket. */
function bucketOf(place: number, buckets: number): number {
  const bucket = Math.floor(place);
  return bucket < buckets ? bucket : buckets - 1;
}

function keepBucket(y: Float64Array, from: number, to: number, drawn: number[]): void {
  let [least, greatest, broken] = [-1, -1, -1];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let index = from; index < to; index++) {
    const value = y[index] ?? Number.NaN;
    if (!Number.isFinite(value)) {
      if (broken < 0) broken = index;
      continue;
    }
    if (value < low) [low, least] = [value, index];
    if (value > high) [high, greatest] = [value, index];
  }
  const kept = [from, least, greatest, broken, to - 1].filter((index) => index >= 0);
  kept.sort((a, b) => a - b);
  for (const [place, index] of kept.entries()) if (index !== kept[place - 1]) drawn.push(index);
}
