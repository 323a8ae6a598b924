import type { Points } from "./align-series.ts";

export interface RangeOptions {
  readonly xRange: readonly [number, number];
  readonly includeZero: boolean;
  readonly isLog: boolean;
  /** Leaves the start of a curve out of the range where it would flatten all the rest. */
  readonly mayCut: boolean;
}

export interface ValueRange {
  readonly range: readonly [number, number];
  /** The highest point that was left out. */
  readonly cut?: { readonly x: number; readonly value: number };
}

/** Share of the x range whose values may be cut. */
const START_SHARE = 0.04;
/** The start is cut only when it is this many times higher than the rest. */
const CUT_FACTOR = 1.4;
const PADDING = 0.06;

/** Range of the y axis over all finite values inside `xRange`; [0, 1] when there are none. */
export function valueRange(points: readonly Points[], options: RangeOptions): ValueRange {
  const [from, to] = options.xRange;
  const whole = extent(points, from, to, options.isLog);
  if (whole === undefined) return { range: options.isLog ? [0.1, 1] : [0, 1] };
  const rest = options.mayCut
    ? extent(points, from + (to - from) * START_SHARE, to, options.isLog)
    : undefined;
  const isCut = rest !== undefined && rest.max > 0 && whole.max > rest.max * CUT_FACTOR;
  const shown = isCut && !options.isLog ? rest : whole;
  const zero = options.includeZero && !options.isLog ? [0] : [];
  const min = Math.min(whole.min, ...zero);
  const max = Math.max(shown.max, ...zero);
  const range = options.isLog ? padLog(min, max) : padLinear(min, max);
  return shown === whole ? { range } : { range, cut: { x: whole.maxAt, value: whole.max } };
}

function extent(
  points: readonly Points[],
  from: number,
  to: number,
  isLog: boolean,
): { min: number; max: number; maxAt: number } | undefined {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let maxAt = Number.NaN;
  for (const { x, y } of points) {
    for (const [index, value] of y.entries()) {
      const at = x[index] ?? Number.NaN;
      if (!(at >= from && at <= to) || !Number.isFinite(value) || (isLog && value <= 0)) continue;
      min = Math.min(min, value);
      if (value > max) {
        max = value;
        maxAt = at;
      }
    }
  }
  return min <= max ? { min, max, maxAt } : undefined;
}

/** Room above and below; none at zero, where an axis should stand on its base line. */
function padLinear(min: number, max: number): readonly [number, number] {
  const span = max - min;
  if (span === 0) {
    if (max === 0) return [0, 1];
    return max > 0 ? [Math.min(min, 0), max * 1.25] : [min * 1.25, 0];
  }
  return [min === 0 ? 0 : min - span * PADDING, max === 0 ? 0 : max + span * PADDING];
}

function padLog(min: number, max: number): readonly [number, number] {
  const factor = Math.max((max / min) ** PADDING, 1.1);
  return [min / factor, max * factor];
}
