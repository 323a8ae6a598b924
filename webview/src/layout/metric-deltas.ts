import { metricGoal } from "../../../core/protocol/metric-goal.ts";
import type { MetricChange, Verdict } from "../../../core/protocol/panel/compare.ts";
import { measureName, splitMetric } from "./metric-name.ts";
import { formatFixed, formatLoss, formatScientific, formatSigned } from "./number-format.ts";
import { type TableContent, tabSeparated } from "./table-content.ts";

/** Parts of the data in the order in which they say most about a model. */
const PARTS = ["validation", "test", "train"];
/** Measures of one direction or modality that are shown with the rest. */
const MAIN_DIRECTED = ["recall@1"];

/** Values of a chart's width, 0..1. */
interface Place {
  readonly at: number;
  /** The value lies beyond the chart's end, or infinitely far. */
  readonly isCut: boolean;
}

export interface MetricDelta {
  readonly name: string;
  readonly other: string;
  readonly run: string;
  readonly change: string;
  /** On the common axis; absent where there is no noise to measure by, or no better side. */
  readonly place?: Place;
  readonly verdict: Verdict | "noise unknown";
  /** "+3.2 sd; one seed to the next sd 0.012, from 5 runs", for those who do not see the axis. */
  readonly detail: string;
}

export interface MetricDeltas {
  readonly rows: readonly MetricDelta[];
  /** Rows that are left out until all are asked for. */
  readonly hidden: number;
  /** The band of noise on the axis, from and to, and no difference; 0..1. */
  readonly band: readonly [number, number];
  readonly zero: number;
  /** Half the width of the band in standard deviations. */
  readonly threshold: number;
  /** Runs that the noise was estimated from; 0 where it is unknown. */
  readonly n: number;
}

/** Parts that have metrics to be compared, the one that says most first. */
export function metricParts(metrics: readonly MetricChange[]): readonly string[] {
  const found = new Set(metrics.map(({ name }) => splitMetric(name).part));
  return PARTS.filter((part) => found.has(part));
}

/** Changes of one part's metrics on one axis in units of seed noise, better to the right. */
export function metricDeltas(
  metrics: readonly MetricChange[],
  part: string,
  showAll: boolean,
): MetricDeltas {
  const all = metrics.filter(({ name }) => splitMetric(name).part === part);
  const shown = showAll ? all : all.filter(isMain);
  const threshold = Math.max(2, ...all.map(({ noise }) => noise?.threshold ?? 0));
  const units = shown.flatMap((metric) => (hasPlace(metric) ? [metric.noise?.units ?? 0] : []));
  const range = axisRange(units, threshold);
  const at = (value: number) => (value - range[0]) / (range[1] - range[0]);
  return {
    rows: shown.map((metric) => deltaOf(metric, range)),
    hidden: all.length - all.filter(isMain).length,
    band: [at(-threshold), at(threshold)],
    zero: at(0),
    threshold,
    n: Math.max(0, ...all.map(({ noise }) => noise?.n ?? 0)),
  };
}

/** Both ends keep clear of the band; what is extremely far away does not squeeze the rest. */
function axisRange(units: readonly number[], threshold: number): readonly [number, number] {
  const end = (far: number) => Math.min(Math.max(1.5 * threshold, 1.1 * far), 8 * threshold);
  return [-end(-Math.min(0, ...units)), end(Math.max(0, ...units))];
}

function isMain({ name }: MetricChange): boolean {
  const [measure = "", ...rest] = splitMetric(name).measure.split("/");
  return rest.length === 0 || MAIN_DIRECTED.includes(measure);
}

function hasPlace({ name, noise }: MetricChange): boolean {
  return (
    noise !== undefined && noise.verdict !== "other objective" && metricGoal(name) !== undefined
  );
}

function deltaOf(metric: MetricChange, range: readonly [number, number]): MetricDelta {
  const { name, run, other, noise } = metric;
  const write = isShare(name) ? (value: number) => formatFixed(value, 3) : formatLoss;
  const place = hasPlace(metric) ? placeOf(metric, range) : undefined;
  return {
    name: measureName(splitMetric(name).measure),
    other: write(other),
    run: write(run),
    change: changeText(run - other),
    ...(place === undefined ? {} : { place }),
    verdict: noise?.verdict ?? "noise unknown",
    detail: detailOf(metric),
  };
}

function isShare(name: string): boolean {
  return metricGoal(name) === "maximize";
}

function placeOf({ noise }: MetricChange, [from, to]: readonly [number, number]): Place {
  const far = noise?.verdict === "worse" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const units = noise?.units ?? far;
  const clamped = Math.min(Math.max(units, from), to);
  return { at: (clamped - from) / (to - from), isCut: clamped !== units };
}

function detailOf({ noise }: MetricChange): string {
  if (noise === undefined) return "";
  const { units, deviation, n } = noise;
  const size = units === undefined ? "no two seeds differ" : `${formatSigned(units, 1)} sd`;
  return `${size}; one seed to the next sd ${formatLoss(deviation)}, from ${n} runs`;
}

function changeText(change: number): string {
  if (change === 0) return "0";
  const isTiny = Math.abs(change) < 0.0005;
  return isTiny
    ? `${change > 0 ? "+" : ""}${formatScientific(change)}`
    : formatSigned(change, Math.abs(change) >= 100 ? 0 : 3);
}

/** All metrics of a pair in full precision, for a spreadsheet. */
export function metricDeltaTable(
  metrics: readonly MetricChange[],
  [run, other]: readonly [string, string],
): Pick<TableContent, "copy"> {
  return {
    copy: () =>
      tabSeparated([
        [
          "metric",
          other,
          run,
          "change",
          "seed sd",
          "runs",
          "units of noise",
          "threshold",
          "verdict",
        ],
        ...metrics.map((metric) => [
          metric.name,
          metric.other,
          metric.run,
          metric.run - metric.other,
          metric.noise?.deviation ?? "",
          metric.noise?.n ?? "",
          metric.noise?.units ?? "",
          metric.noise?.threshold ?? "",
          metric.noise?.verdict ?? "noise unknown",
        ]),
      ]),
  };
}
