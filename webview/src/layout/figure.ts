import type { Points } from "./align-series.ts";

/** Names of theme colours; `s1`…`s6` are the palette of series. */
export const SERIES_COLORS = ["s1", "s2", "s3", "s4", "s5", "s6"] as const;
export type SeriesColor = (typeof SERIES_COLORS)[number];
export type InkColor = SeriesColor | "foreground" | "muted";

/** How strongly an area is filled: depth tells components of one loss apart. */
export type FillDepth = "data" | "penalty" | "envelope";

export interface FigureLine {
  readonly id: string;
  readonly color: InkColor;
  /** CSS pixels; 0 for a line that only bounds an area. */
  readonly width: number;
  readonly isDashed: boolean;
  readonly points: Points;
}

/** The area between two lines, or between a line and zero. */
export interface FigureArea {
  readonly upper: string;
  readonly lower?: string;
  readonly color: SeriesColor;
  readonly depth: FillDepth;
}

/** A name at the end of a line; its value follows the crosshair. */
export interface FigureLabel {
  readonly name: string;
  readonly shortName: string;
  readonly color: InkColor;
  readonly isStrong: boolean;
  /** What the label reads, by x. */
  readonly values: Points;
  /** Where the label would like to stand on the y axis, by x; without it, at the value itself. */
  readonly heights?: Points;
  /** Line whose points carry a dot under the crosshair. */
  readonly line?: string;
  readonly format: (value: number) => string;
}

export interface FigureMarker {
  readonly x: number;
  readonly text: string;
  readonly tone: "error" | "warning" | "muted";
  readonly isDashed: boolean;
}

/** A chart over steps, epochs or time, ready to draw. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly lines: readonly FigureLine[];
  readonly areas: readonly FigureArea[];
  readonly labels: readonly FigureLabel[];
  readonly markers: readonly FigureMarker[];
  /** A remark inside the plot, such as where a cut line comes from. */
  readonly note?: string;
  readonly yRange: readonly [number, number];
  readonly isLogY: boolean;
  readonly hasZeroLine: boolean;
  readonly formatY: (ticks: readonly number[]) => readonly string[];
}
