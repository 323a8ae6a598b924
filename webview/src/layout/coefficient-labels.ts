import type { CoefficientLine } from "./coefficient-lines.ts";
import type { InkColor } from "./figure.ts";
import { formatFixed, formatSize } from "./number-format.ts";
import { pushApart } from "./push-apart.ts";

/** Distance between base lines, CSS pixels. */
const GAP = 14;
/** Names of grey lines, which tell little one by one. */
const MOST_GREY = 6;
/** A grey line that ends nearer to zero than this share of the largest has no name. */
const LEAST_SHARE = 0.05;

export interface CoefficientLabel {
  readonly name: string;
  readonly value: string;
  readonly color: InkColor;
  /** Middle of the label. */
  readonly y: number;
  /** Where its line begins. */
  readonly anchor: number;
}

/** Names of lines at the weakest λ, the coloured ones and some of the rest, apart from each other. */
export function coefficientLabels(
  lines: readonly CoefficientLine[],
  toY: (value: number) => number,
  [top, bottom]: readonly [number, number],
): CoefficientLabel[] {
  const ends = lines.map((line) => ({ line, end: line.sizes.at(-1) ?? 0 }));
  const largest = Math.max(0, ...ends.map(({ end }) => Math.abs(end)));
  const room = Math.floor((bottom - top) / GAP);
  const colored = ends.filter(({ line }) => line.color !== "muted");
  const grey = ends
    .filter(({ line, end }) => line.color === "muted" && Math.abs(end) > LEAST_SHARE * largest)
    .sort((a, b) => Math.abs(b.end) - Math.abs(a.end))
    .slice(0, Math.max(0, Math.min(MOST_GREY, room - colored.length)));
  const shown = [...colored, ...grey];
  const anchors = shown.map(({ end }) => toY(end));
  const places = pushApart(anchors, GAP, [top + GAP / 2, bottom - GAP / 2]);
  return shown.map(({ line, end }, index) => ({
    name: line.feature,
    value: Math.abs(end) >= 0.01 && Math.abs(end) < 100 ? formatFixed(end, 2) : formatSize(end),
    color: line.color,
    y: places[index] ?? 0,
    anchor: anchors[index] ?? 0,
  }));
}
