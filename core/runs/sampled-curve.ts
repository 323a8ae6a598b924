import { decimate } from "../measures/decimate.ts";
import { movingAverage } from "../measures/moving-average.ts";
import { envelopeRadius, valueEnvelope } from "../measures/value-envelope.ts";
import type { Curve, CurvesRequest } from "../protocol/panel/curves.ts";
import type { MetricColumns } from "./metric-columns.ts";

/** What part of a curve is wanted, and how. */
export type CurveView = Pick<CurvesRequest, "axis" | "from" | "to" | "width" | "smoothing">;

/** What turns steps and times of a run into places on an axis. */
export interface RunClock {
  /** Seconds since the Unix epoch. */
  readonly started: number;
  /** Absent where the length of an epoch is not known. */
  readonly epochsPerStep?: number;
}

/** A metric that was logged at some lines of a file. */
export interface LoggedMetric {
  readonly name: string;
  readonly lines: Uint32Array;
  readonly values: Float64Array;
}

/** So many points are sent as they are. */
const MOST_EXACT = 2000;
/** What lies outside the window, on either side, is kept this finely. */
const OUTER_BUCKETS = 200;
/** Fewer points than this are measurements to show as they are, not noise to smooth away. */
export const FEWEST_TO_SMOOTH = 40;

/** The points of a metric that draw the part of it that is in view, the rest of it coarsely. */
export function sampledCurve(
  columns: MetricColumns,
  metric: LoggedMetric,
  { view, clock }: { readonly view: CurveView; readonly clock: RunClock },
): Curve {
  const { name, lines, values } = metric;
  const isSmoothed = isNoisy(name) && view.smoothing > 0 && values.length >= FEWEST_TO_SMOOTH;
  const shown = isSmoothed ? new Float64Array(values.length) : values;
  if (isSmoothed) movingAverage(values, view.smoothing, shown);
  const { drawn, marks } = chosenPoints(columns, { ...metric, values: shown }, { view, clock });
  const at = (column: Float64Array) =>
    Float64Array.from(drawn, (index) => column[lines[index] ?? 0] ?? Number.NaN);
  const radius = envelopeRadius(view.smoothing, values.length);
  const envelope = isSmoothed
    ? valueEnvelope(values, marks ?? drawn, radius)
    : { low: new Float64Array(), high: new Float64Array() };
  return {
    name,
    total: values.length,
    steps: at(columns.steps()),
    epochs: at(columns.epochs()),
    times: at(columns.times()),
    values: Float64Array.from(drawn, (index) => shown[index] ?? Number.NaN),
    marks: marks === undefined ? new Float64Array() : placesOf(marks, drawn),
    ...envelope,
  };
}

/** What varies from batch to batch; settings that follow a schedule are shown as they were. */
function isNoisy(name: string): boolean {
  if (name.startsWith("train/")) {
    return name !== "train/learning_rate" && !name.startsWith("train/lambda/");
  }
  return name.endsWith("/gradient_norm");
}

/** `marks` are the points to be read off; absent where all points are there. */
function chosenPoints(
  columns: MetricColumns,
  { name, lines, values }: LoggedMetric,
  { view, clock }: { readonly view: CurveView; readonly clock: RunClock },
): { drawn: readonly number[]; marks?: readonly number[] } {
  const { length } = values;
  if (length <= MOST_EXACT) return { drawn: Array.from(values.keys()) };
  const x = placesOnAxis(columns, lines, { axis: view.axis, clock });
  const start = view.from === undefined ? 0 : Math.max(0, countBelow(x, view.from) - 1);
  const end = view.to === undefined ? length : Math.min(length, countBelow(x, view.to) + 2);
  // Weights are drawn side by side, on half of the width or less.
  const buckets = Math.max(1, name.startsWith("weights/") ? view.width >> 1 : view.width);
  const isWhole = end - start <= MOST_EXACT;
  const inner = Array.from({ length: isWhole ? end - start : 0 }, (_, index) => start + index);
  const parts = [
    decimate(x, values, { start: 0, end: start, buckets: OUTER_BUCKETS }),
    isWhole ? { drawn: inner, last: inner } : decimate(x, values, { start, end, buckets }),
    decimate(x, values, { start: end, end: length, buckets: OUTER_BUCKETS }),
  ];
  return {
    drawn: parts.flatMap((part) => part.drawn),
    marks: parts.flatMap((part) => part.last),
  };
}

function placesOnAxis(
  columns: MetricColumns,
  lines: Uint32Array,
  { axis, clock }: { readonly axis: CurveView["axis"]; readonly clock: RunClock },
): Float64Array {
  const { epochsPerStep, started } = clock;
  const steps = columns.steps();
  const times = columns.times();
  const epochs = columns.epochs();
  const places = new Float64Array(lines.length);
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? 0;
    if (axis === "step") places[index] = steps[line] ?? 0;
    else if (axis === "time") places[index] = (times[line] ?? 0) - started;
    else if (epochsPerStep === undefined) places[index] = epochs[line] ?? 0;
    else places[index] = (steps[line] ?? 0) * epochsPerStep;
  }
  return places;
}

function countBelow(ascending: Float64Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where each mark stands among the points that are drawn; both ascend. */
function placesOf(marks: readonly number[], drawn: readonly number[]): Float64Array {
  let place = 0;
  return Float64Array.from(marks, (mark) => {
    while ((drawn[place] ?? mark) < mark) place++;
    return place;
  });
}
