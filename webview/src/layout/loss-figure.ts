import { type Points, readable } from "./align-series.ts";
import { formatLogTick, formatTicks } from "./axis-format.ts";
import {
  type CurveContext,
  type CurvePoints,
  otherLabels,
  otherLines,
  pointsOf,
} from "./curve-context.ts";
import type { Figure, FigureArea, FigureLabel, FigureLine } from "./figure.ts";
import { formatLoss } from "./number-format.ts";
import { runMarkers } from "./run-markers.ts";
import { valueRange } from "./value-range.ts";

interface Parts {
  readonly total: Points;
  /** Both absent when the run logs no split, or its penalty is zero throughout. */
  readonly data?: Points;
  readonly penalty?: Points;
  readonly validation?: Points;
}

/** The name of the data loss stands at this share of its area's height. */
const DATA_LABEL = 0.75;

/**
 * Training loss as data loss with the penalty stacked on it, the total as a line, and the validation
 * loss dashed. On a log axis areas would lie, so every part becomes a line.
 */
export function lossFigure(context: CurveContext): Figure | undefined {
  const total = pointsOf(context, "train/loss");
  if (total === undefined) return undefined;
  const parts = partsOf(context, total);
  const { isLogY } = context.settings;
  const band = envelopeLines(context, total);
  const others = otherLines(context, "loss", (run) => pointsOf(run, "train/loss"));
  const otherValidations = otherLines(context, "validation", validationOf).map((line) => ({
    ...line,
    width: 1,
    isDashed: true,
  }));
  const lines = [
    ...(isLogY ? logLines(parts) : stackedLines(parts)),
    ...band,
    ...others,
    ...otherValidations,
  ];
  const { range, cut } = valueRange([...lines.map((line) => line.points)], {
    xRange: context.x.range,
    includeZero: true,
    isLog: isLogY,
    mayCut: !context.x.isZoomed,
  });
  return {
    id: "loss",
    title: "Loss",
    subtitle: subtitleOf(context, parts),
    lines,
    areas: [...(isLogY ? [] : stackedAreas(parts)), ...bandAreas(band)],
    labels: [...labelsOf(context, parts), ...otherLabels(others, formatLoss)],
    markers: runMarkers(context, total),
    ...(cut === undefined
      ? {}
      : { note: `from ${formatLoss(cut.value)} at ${context.x.formatValue(cut.x)}` }),
    yRange: range,
    isLogY,
    hasZeroLine: false,
    formatY: isLogY ? (ticks) => ticks.map(formatLogTick) : formatTicks,
  };
}

function validationOf(context: CurveContext): Points | undefined {
  return pointsOf(context, "validation/data_loss") ?? pointsOf(context, "validation/loss");
}

function partsOf(context: CurveContext, total: Points): Parts {
  const data = pointsOf(context, "train/data_loss");
  const penalty = pointsOf(context, "train/penalty");
  const validation = validationOf(context);
  const hasPenalty = penalty?.y.some((value) => value !== 0) ?? false;
  const isSplit = hasPenalty && readable(total).y.length === (data && readable(data).y.length);
  return {
    total,
    ...(isSplit && data !== undefined && penalty !== undefined ? { data, penalty } : {}),
    ...(validation === undefined ? {} : { validation }),
  };
}

function line(id: string, points: Points, width: number, isDashed = false): FigureLine {
  return { id, color: "s1", width, isDashed, points };
}

function validationLines(parts: Parts): FigureLine[] {
  return parts.validation === undefined ? [] : [line("validation", parts.validation, 1.5, true)];
}

function stackedLines(parts: Parts): FigureLine[] {
  const data = parts.data === undefined ? [] : [line("data", parts.data, 0)];
  return [line("total", parts.total, 2), ...data, ...validationLines(parts)];
}

function logLines(parts: Parts): FigureLine[] {
  const data = parts.data === undefined ? [] : [line("data", parts.data, 1.25)];
  const penalty: FigureLine[] =
    parts.penalty === undefined
      ? []
      : [{ ...line("penalty", parts.penalty, 1.25), color: "foreground" }];
  return [line("total", parts.total, 2), ...data, ...penalty, ...validationLines(parts)];
}

function stackedAreas(parts: Parts): FigureArea[] {
  if (parts.data === undefined) return [{ upper: "total", color: "s1", depth: "data" }];
  return [
    { upper: "data", color: "s1", depth: "data" },
    { upper: "total", lower: "data", color: "s1", depth: "penalty" },
  ];
}

function envelopeLines({ settings }: CurveContext, { band }: CurvePoints): FigureLine[] {
  if (!settings.showEnvelope || band === undefined) return [];
  return [line("max", band.high, 0), line("min", band.low, 0)];
}

function bandAreas(band: readonly FigureLine[]): FigureArea[] {
  return band.length === 0 ? [] : [{ upper: "max", lower: "min", color: "s1", depth: "envelope" }];
}

function labelsOf(context: CurveContext, parts: Parts): FigureLabel[] {
  const labels: FigureLabel[] = [label("total loss", "total", "total", parts.total)];
  const { data, penalty, validation } = parts;
  if (data !== undefined && penalty !== undefined) {
    const isLog = context.settings.isLogY;
    labels.push({
      ...label("penalty", "penalty", isLog ? "penalty" : undefined, penalty),
      color: "foreground",
      isStrong: false,
      ...(isLog ? {} : { heights: middleOf(parts.total, data) }),
    });
    labels.push({
      ...label("data loss", "data", isLog ? "data" : undefined, data),
      color: isLog ? "s1" : "foreground",
      isStrong: false,
      ...(isLog ? {} : { heights: scaled(readable(data), DATA_LABEL) }),
    });
  }
  if (validation !== undefined) {
    labels.push({
      ...label("validation", "valid.", "validation", validation),
      isStrong: false,
    });
  }
  return labels;
}

function label(
  name: string,
  shortName: string,
  lineId: string | undefined,
  values: Points,
): FigureLabel {
  return {
    name,
    shortName,
    color: "s1",
    isStrong: true,
    values,
    ...(lineId === undefined ? {} : { line: lineId }),
    format: formatLoss,
  };
}

function scaled({ x, y }: Points, factor: number): Points {
  return { x, y: y.map((value) => value * factor) };
}

function middleOf(upper: Points, lower: Points): Points {
  const { x, y } = readable(upper);
  const below = readable(lower).y;
  return { x, y: y.map((value, index) => (value + (below[index] ?? value)) / 2) };
}

function subtitleOf(context: CurveContext, parts: Parts): string {
  const objective = context.header?.objective ?? "";
  if (objective !== "") return objective;
  return parts.data === undefined ? "training loss" : "data loss + penalty";
}
