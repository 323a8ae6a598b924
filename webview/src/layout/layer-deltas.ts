import type { LayerChange, LayerFigures } from "../../../core/protocol/panel/compare.ts";
import {
  formatCount,
  formatFixed,
  formatPercent,
  formatSigned,
  formatSize,
} from "./number-format.ts";
import { type TableContent, tabSeparated } from "./table-content.ts";

/** One measure of a layer in both runs; empty texts where a run has none. */
export interface LayerDelta {
  readonly other: string;
  readonly run: string;
  /** Empty where nothing has changed. */
  readonly change: string;
}

export interface LayerDeltaRow {
  readonly layer: string;
  readonly norm: LayerDelta;
  readonly zeros: LayerDelta;
  readonly dead: LayerDelta;
  /** Which run alone has the layer. */
  readonly only?: "run" | "other";
}

export function layerDeltas(changes: readonly LayerChange[]): readonly LayerDeltaRow[] {
  return changes.map(({ layer, run, other }) => ({
    layer,
    norm: {
      other: normOf(other),
      run: normOf(run),
      change: ratioText(run?.norm, other?.norm),
    },
    zeros: {
      other: zerosOf(other),
      run: zerosOf(run),
      change: pointsText(run?.zeroFraction, other?.zeroFraction),
    },
    dead: {
      other: deadOf(other),
      run: deadOf(run),
      change: countText(run?.deadUnits, other?.deadUnits),
    },
    ...(run === undefined ? { only: "other" as const } : {}),
    ...(other === undefined ? { only: "run" as const } : {}),
  }));
}

function normOf(figures: LayerFigures | undefined): string {
  return figures === undefined ? "" : formatSize(figures.norm);
}

/** A tensor without a penalty has no reason to hold zeros, so none is not said. */
function zerosOf(figures: LayerFigures | undefined): string {
  if (figures === undefined || (!figures.isPenalised && figures.zeroFraction === 0)) return "";
  return formatPercent(figures.zeroFraction);
}

function deadOf(figures: LayerFigures | undefined): string {
  const { deadUnits, units } = figures ?? {};
  return deadUnits === undefined || units === undefined ? "" : formatCount(deadUnits);
}

/** Of two norms, by how many per cent the first is larger. */
function ratioText(run: number | undefined, other: number | undefined): string {
  if (run === undefined || other === undefined || run === other) return "";
  const ratio = run / other - 1;
  if (!Number.isFinite(ratio)) return "";
  return Math.abs(ratio) < 0.0005 ? "" : `${formatSigned(100 * ratio, 1)}%`;
}

function pointsText(run: number | undefined, other: number | undefined): string {
  if (run === undefined || other === undefined || run === other) return "";
  return formatSigned(100 * (run - other), 1);
}

function countText(run: number | undefined, other: number | undefined): string {
  return run === undefined || other === undefined || run === other
    ? ""
    : formatSigned(run - other, 0);
}

/** Layers of both runs in full precision, for a spreadsheet. */
export function layerDeltaTable(
  changes: readonly LayerChange[],
  [run, other]: readonly [string, string],
): Pick<TableContent, "copy"> {
  const measures = ["norm", "zero share", "dead units", "units"];
  const cells = (figures: LayerFigures | undefined) =>
    figures === undefined
      ? ["", "", "", ""]
      : [figures.norm, figures.zeroFraction, figures.deadUnits ?? "", figures.units ?? ""];
  return {
    copy: () =>
      tabSeparated([
        [
          "layer",
          ...[other, run].flatMap((name) => measures.map((measure) => `${measure} (${name})`)),
        ],
        ...changes.map((change) => [change.layer, ...cells(change.other), ...cells(change.run)]),
      ]),
  };
}

/** A layer of both runs in the chart of zero shares. */
export interface ZeroShareSlope {
  readonly layer: string;
  readonly other: number;
  readonly run: number;
  /** "+30 points". */
  readonly change: string;
  /** Among the biggest changes. */
  readonly isStrong: boolean;
}

const STRONG_SLOPES = 3;

/** Shares of exact zeros of penalised layers that both runs have, biggest change first. */
export function zeroShareSlopes(changes: readonly LayerChange[], most: number): ZeroShareSlope[] {
  return changes
    .flatMap(({ layer, run, other }) => {
      const isShown = run !== undefined && other !== undefined && hasZeros(run, other);
      return isShown ? [{ layer, run: run.zeroFraction, other: other.zeroFraction }] : [];
    })
    .sort((a, b) => Math.abs(b.run - b.other) - Math.abs(a.run - a.other))
    .slice(0, most)
    .map((slope, index) => ({
      ...slope,
      change: formatSigned(100 * (slope.run - slope.other), 0),
      isStrong: index < STRONG_SLOPES && slope.run !== slope.other,
    }));
}

function hasZeros(run: LayerFigures, other: LayerFigures): boolean {
  const isPenalised = run.isPenalised || other.isPenalised;
  return isPenalised && (run.zeroFraction > 0 || other.zeroFraction > 0);
}

/** Share of zeros at an end of a slope: "75%". */
export function zeroShareText(fraction: number): string {
  return `${formatFixed(100 * fraction, 0)}%`;
}
