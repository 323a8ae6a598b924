import type { MetricPoints } from "../../../core/protocol/panel/curves.ts";

/**
 * One metric as the page holds it. The arrays are views of buffers with room to grow; a series and
 * its successors may share a buffer, and each sees only its own length.
 */
export interface Series {
  readonly steps: Float64Array;
  readonly epochs: Float64Array;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

const EMPTY: Series = {
  steps: new Float64Array(),
  epochs: new Float64Array(),
  times: new Float64Array(),
  values: new Float64Array(),
};

/**
 * Adds points at the end. Steps ascend: what is held at or after the first new step is dropped, so
 * that a step that was sent twice, or trained again after a resume, counts once, with its last value.
 */
export function appendPoints(held: Series | undefined, points: MetricPoints): Series {
  const series = held ?? EMPTY;
  const first = points.steps[0];
  if (first === undefined) return series;
  const kept = countBelow(series.steps, first);
  return {
    steps: extend(series.steps, kept, points.steps),
    epochs: extend(series.epochs, kept, points.epochs),
    times: extend(series.times, kept, points.times),
    values: extend(series.values, kept, points.values),
  };
}

function countBelow(steps: Float64Array, limit: number): number {
  let count = steps.length;
  while (count > 0 && (steps[count - 1] ?? 0) >= limit) count--;
  return count;
}

function extend(held: Float64Array, kept: number, added: Float64Array): Float64Array {
  const length = kept + added.length;
  const room = Math.floor((held.buffer.byteLength - held.byteOffset) / held.BYTES_PER_ELEMENT);
  // Writing over dropped points would change what an older state still shows.
  const canShare = kept === held.length && room >= length;
  const whole = canShare
    ? new Float64Array(held.buffer, held.byteOffset, length)
    : new Float64Array(new ArrayBuffer(Math.max(length, kept * 2) * 8), 0, length);
  if (!canShare) whole.set(held.subarray(0, kept));
  whole.set(added, kept);
  return whole;
}
