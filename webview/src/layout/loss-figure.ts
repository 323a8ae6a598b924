import type { Points } from "./align-series.ts";
import { formatLogTick, formatTicks } from "./axis-format.ts";
import { type CurveContext, isSmoothed, pointsOf, smoothed } from "./curve-context.ts";
import type { Figure, FigureArea, FigureLabel, FigureLine } from "./figure.ts";
import { formatLoss } from "./number-format.ts";
import { runMarkers } from "./run-markers.ts";
import { envelope, envelopeRadius } from "./smooth.ts";
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
  const raw = pointsOf(context, "train/loss");
  const parts = raw === undefined ? undefined : partsOf(context, raw);
  if (raw === undefined || parts === undefined) return undefined;
  const { isLogY } = context.settings;
  const band = envelopeLines(context, raw);
  const lines = [...(isLogY ? logLines(parts) : stackedLines(parts)), ...band];
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
    labels: labelsOf(context, parts),
    markers: runMarkers(context, raw),
    ...(cut === undefined
      ? {}
      : { note: `from ${formatLoss(cut.value)} at ${context.x.formatValue(cut.x)}` }),
    yRange: range,
    isLogY,
    hasZeroLine: false,
    formatY: isLogY ? (ticks) => ticks.map(formatLogTick) : formatTicks,
  };
}

function partsOf(context: CurveContext, rawTotal: Points): Parts {
  const total = smoothed(context, rawTotal);
  const rawData = pointsOf(context, "train/data_loss");
  const rawPenalty = pointsOf(context, "train/penalty");
  const validation =
    pointsOf(context, "validation/data_loss") ?? pointsOf(context, "validation/loss");
  const isSplit =
    rawData !== undefined && rawData.y.length === rawTotal.y.length && rawPenalty !== undefined;
  const hasPenalty = rawPenalty?.y.some((value) => value !== 0) ?? false;
  return {
    total,
    ...(isSplit && hasPenalty
      ? { data: smoothed(context, rawData), penalty: smoothed(context, rawPenalty) }
      : {}),
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

function envelopeLines(context: CurveContext, raw: Points): FigureLine[] {
  if (!context.settings.showEnvelope || !isSmoothed(context, raw)) return [];
  const { min, max } = envelope(raw.y, envelopeRadius(context.settings.smoothing, raw.y.length));
  return [line("max", { x: raw.x, y: max }, 0), line("min", { x: raw.x, y: min }, 0)];
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
      ...(isLog ? {} : { heights: { x: data.x, y: data.y.map((value) => value * DATA_LABEL) } }),
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

function middleOf(upper: Points, lower: Points): Points {
  return { x: upper.x, y: upper.y.map((value, index) => (value + (lower.y[index] ?? value)) / 2) };
}

function subtitleOf(context: CurveContext, parts: Parts): string {
  const objective = context.header?.objective ?? "";
  if (objective !== "") return objective;
  return parts.data === undefined ? "training loss" : "data loss + penalty";
}
