import type { Curve, CurvesRequest, Reached, RunCurves } from "../protocol/panel/curves.ts";
import type { RunHeader } from "../protocol/panel/run.ts";
import { generalisationGap } from "./generalisation-gap.ts";
import type { MetricColumns } from "./metric-columns.ts";
import { type LoggedMetric, type RunClock, sampledCurve } from "./sampled-curve.ts";

/** What was sent of a run, so that only what has grown is sent again. */
export interface RunCurvesSender {
  /**
   * Curves that are new or have grown since the last call, all of them after `forget`; nothing where
   * nothing is.
   *
   * @param only names of metrics that are wanted; without it, all of them
   */
  next(view: CurvesRequest, only?: readonly string[]): RunCurves | undefined;
  /** The page holds nothing of the run any more, or nothing that stands. */
  forget(): void;
}

interface RunOfCurves {
  readonly key: string;
  readonly columns: MetricColumns;
  /** Absent while `run.json` cannot be read. */
  header(): RunHeader | undefined;
}

export function createRunCurves({ key, columns, header }: RunOfCurves): RunCurvesSender {
  const sent = new Map<string, number>();
  let isForgotten = true;

  function isNew(name: string, version: number): boolean {
    if (sent.get(name) === version) return false;
    sent.set(name, version);
    return true;
  }

  return {
    forget() {
      sent.clear();
      isForgotten = true;
    },
    next(view, only) {
      const where = { view, clock: clockOf(columns, header()) };
      const grown = (only ?? columns.names()).flatMap((name): LoggedMetric[] => {
        const column = columns.column(name);
        return column === undefined || !isNew(name, column.version) ? [] : [{ name, ...column }];
      });
      const gap = grown.some(isLoss) ? generalisationGap(columns, view.smoothing) : undefined;
      const isGapDrawn = gap !== undefined && (only?.includes(gap.name) ?? true);
      const wanted = isGapDrawn ? [...grown, gap] : grown;
      if (wanted.length === 0 && !isForgotten) return undefined;
      const reset = isForgotten;
      isForgotten = false;
      const reached = reachedOf(columns);
      return {
        key,
        reset,
        ...(reached === undefined ? {} : { reached }),
        curves: inOneBuffer(wanted.map((metric) => sampledCurve(columns, metric, where))),
      };
    },
  };
}

/** Whether the gap may follow from the metric. */
function isLoss({ name }: LoggedMetric): boolean {
  return name.endsWith("/loss") || name.endsWith("/data_loss");
}

function clockOf(columns: MetricColumns, header: RunHeader | undefined): RunClock {
  const first = columns.times()[0];
  const started = header === undefined ? Number.NaN : Date.parse(header.started) / 1000;
  const isStart = Number.isFinite(started) && (first === undefined || started <= first);
  return {
    started: isStart ? started : (first ?? 0),
    ...(header !== undefined && header.stepsTotal > 0 && header.epochsTotal > 0
      ? { epochsPerStep: header.epochsTotal / header.stepsTotal }
      : {}),
  };
}

/** Points at the end of a metric that the speed is measured over. */
const RATE_WINDOW = 30;

/** Of the training metric that reaches furthest. */
function reachedOf(columns: MetricColumns): Reached | undefined {
  const lines = furthest(columns);
  const last = lines.at(-1);
  const first = lines.at(-1 - Math.min(RATE_WINDOW, lines.length - 1));
  if (last === undefined || first === undefined) return undefined;
  const between = (values: Float64Array) => (values[last] ?? 0) - (values[first] ?? 0);
  const [count, seconds] = [between(columns.steps()), between(columns.times())];
  const step = columns.steps()[last] ?? 0;
  return { step, ...(seconds > 0 && count > 0 ? { stepsPerSecond: count / seconds } : {}) };
}

function furthest(columns: MetricColumns): Uint32Array {
  return columns
    .names()
    .filter((name) => name.startsWith("train/"))
    .map((name) => columns.column(name)?.lines ?? new Uint32Array())
    .reduce(
      (best, lines) => ((lines.at(-1) ?? -1) > (best.at(-1) ?? -1) ? lines : best),
      new Uint32Array(),
    );
}

const ARRAYS = ["steps", "epochs", "times", "values", "marks", "low", "high"] as const;

/** VS Code counts the buffers of a message in one byte; a hundred metrics would have seven hundred. */
function inOneBuffer(curves: readonly Curve[]): Curve[] {
  const length = curves.reduce(
    (sum, curve) => sum + ARRAYS.reduce((part, name) => part + curve[name].length, 0),
    0,
  );
  const buffer = new ArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT);
  let offset = 0;
  const place = (values: Float64Array) => {
    const view = new Float64Array(buffer, offset, values.length);
    view.set(values);
    offset += view.byteLength;
    return view;
  };
  return curves.map((curve) => ({
    ...curve,
    steps: place(curve.steps),
    epochs: place(curve.epochs),
    times: place(curve.times),
    values: place(curve.values),
    marks: place(curve.marks),
    low: place(curve.low),
    high: place(curve.high),
  }));
}
