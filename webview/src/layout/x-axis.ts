import type { Curve, XAxis } from "../../../core/protocol/panel/curves.ts";
import type { RunHeader } from "../../../core/protocol/panel/run.ts";
import type { CurvesByName } from "../store/panel-state.ts";
import { formatTicks } from "./axis-format.ts";
import { formatDuration, formatDurationTick } from "./duration-format.ts";
import { formatCount, formatFixed } from "./number-format.ts";
import { durationTicks, integerTicks } from "./ticks.ts";

/** The x axis that all figures of the Curves tab share. */
export interface XScale {
  /** `pruned`: the share of weights that were removed, 0..1. */
  readonly axis: XAxis | "pruned";
  readonly range: readonly [number, number];
  readonly isZoomed: boolean;
  /** One epoch in units of the axis; `undefined` on the time axis and where it is not known. */
  readonly epochLength?: number;
  readonly toX: (curve: Curve) => Float64Array;
  readonly ticks: (min: number, max: number, maxCount: number) => readonly number[];
  readonly formatTicks: (ticks: readonly number[]) => readonly string[];
  /** "step 2 900", "epoch 12.4", "1 min 12 s". */
  readonly formatValue: (x: number) => string;
}

interface RunOnAxis {
  readonly series: CurvesByName;
  readonly header: RunHeader | undefined;
  readonly axis: XAxis;
}

interface XScaleInput extends RunOnAxis {
  readonly zoom: readonly [number, number] | undefined;
  /** Runs that are drawn over this one. */
  readonly others?: readonly Omit<RunOnAxis, "axis">[];
}

/**
 * While a run is under way, and after it ended early, the step and epoch axes have the length that
 * was planned; a finished run ends at its last measured step. Runs over it may make it longer.
 */
export function xScale(input: XScaleInput): XScale {
  const { axis, header, zoom, others = [] } = input;
  const perStep = epochsPerStep(header);
  const epochLength = axis === "epoch" ? 1 : stepsPerEpoch(axis, perStep);
  const lengths = [fullLength(input), ...others.map((run) => lastPlace({ ...run, axis }))];
  return {
    axis,
    range: zoom ?? [0, Math.max(...lengths)],
    isZoomed: zoom !== undefined,
    ...(epochLength === undefined ? {} : { epochLength }),
    toX: placesOn(input),
    ticks: axis === "time" ? durationTicks : integerTicks,
    formatTicks: axis === "time" ? (ticks) => ticks.map(formatDurationTick) : formatTicks,
    formatValue: formatValueOf(axis),
  };
}

/** Places of a run's points on an axis; times count from the start of that run. */
export function placesOn({ axis, series, header }: RunOnAxis): (curve: Curve) => Float64Array {
  if (axis === "step") return (one) => one.steps;
  if (axis === "epoch") {
    const perStep = epochsPerStep(header);
    // Logged epochs are whole numbers; several steps would share one x.
    return (one) => (perStep === undefined ? one.epochs : one.steps.map((step) => step * perStep));
  }
  const start = startSeconds(series, header);
  return (one) => one.times.map((time) => time - start);
}

function epochsPerStep(header: RunHeader | undefined): number | undefined {
  if (header === undefined || header.stepsTotal <= 0 || header.epochsTotal <= 0) return undefined;
  return header.epochsTotal / header.stepsTotal;
}

function stepsPerEpoch(axis: XAxis, perStep: number | undefined): number | undefined {
  return axis === "step" && perStep !== undefined ? 1 / perStep : undefined;
}

function startSeconds(series: CurvesByName, header: RunHeader | undefined): number {
  const first = Math.min(...[...series.values()].map((one) => one.times[0] ?? Infinity));
  const started = header === undefined ? Number.NaN : Date.parse(header.started) / 1000;
  if (Number.isFinite(started) && started <= first) return started;
  return Number.isFinite(first) ? first : 0;
}

function lastPlace(run: RunOnAxis): number {
  const toX = placesOn(run);
  return Math.max(0, ...[...run.series.values()].map((one) => toX(lastPoint(one)).at(-1) ?? 0));
}

function fullLength(run: RunOnAxis): number {
  const { header, axis } = run;
  const last = lastPlace(run);
  const isWhole = header === undefined || header.status === "finished" || axis === "time";
  if (isWhole) return last > 0 ? last : 1;
  const isSteps = axis === "step" || epochsPerStep(header) === undefined;
  return Math.max(last, isSteps ? header.stepsTotal : header.epochsTotal, 1);
}

function lastPoint(curve: Curve): Curve {
  const { steps, epochs, times } = curve;
  return {
    ...curve,
    steps: steps.subarray(-1),
    epochs: epochs.subarray(-1),
    times: times.subarray(-1),
  };
}

function formatValueOf(axis: XAxis): (x: number) => string {
  switch (axis) {
    case "step":
      return (x) => `step ${formatCount(x)}`;
    case "epoch":
      return (x) => `epoch ${formatFixed(x, Number.isInteger(x) ? 0 : 1)}`;
    default:
      return formatDuration;
  }
}
