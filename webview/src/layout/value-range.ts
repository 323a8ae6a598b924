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
  const whole =
    extent(points, from, to, options.isLog) ??
    extent(crossings(points, from, to), from, to, options.isLog);
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

/** Where lines cross both ends of a range that holds none of their points. */
function crossings(points: readonly Points[], from: number, to: number): Points[] {
  return points.flatMap(({ x, y }) => {
    const after = x.findIndex((at) => at > to);
    const [x0, y0, x1, y1] = [x[after - 1], y[after - 1], x[after], y[after]];
    if (x0 === undefined || y0 === undefined || x1 === undefined || y1 === undefined) return [];
    const at = (place: number): number => y0 + ((y1 - y0) * (place - x0)) / (x1 - x0);
    return [{ x: Float64Array.of(from, to), y: Float64Array.of(at(from), at(to)) }];
  });
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
