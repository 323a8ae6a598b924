import { cosineDistribution, medianOf } from "../layout/cosine-distribution.ts";
import { formatFixed } from "../layout/number-format.ts";
import { peakShare, shareOutline } from "../layout/share-outline.ts";
import { element, svgElement } from "../ui/element.ts";
import type { Chart } from "./chart.ts";
import { type Size, SizedSvg, svgText } from "./sized-svg.ts";

export interface CosineData {
  readonly from: string;
  readonly to: string;
  readonly cosines: Float32Array;
  /** Counts over [−1, 1] of the cosines of all that are no pairs. */
  readonly others: readonly number[];
}

const AXIS_HEIGHT = 18;
/** Two lines of labels. */
const TOP = 30;
const LEFT = 4;
/** Half the room that the label of the others takes, with the gap to the median's line. */
const OTHERS_ROOM = 38;

/** Shares of the cosines over [−1, 1], of the true pairs before those of all others. */
export class CosineHistogram implements Chart<CosineData> {
  readonly element = element("div", { className: "cosine-histogram" });
  readonly #svg = new SizedSvg();

  constructor() {
    this.element.append(this.#svg.element);
  }

  update(data: CosineData): void {
    const median = medianOf(data.cosines);
    const label = [
      `Cosine of the pairs of ${data.from} and ${data.to}: median ${formatFixed(median, 2)}.`,
      `All others: most often about ${formatFixed(peakOf(data.others), 2)}.`,
    ].join(" ");
    this.#svg.update(label, (size) => draw(data, median, size));
  }

  dispose(): void {
    this.#svg.dispose();
  }
}

function draw({ cosines, others }: CosineData, median: number, { width, height }: Size): Node[] {
  const base = Math.round(height - AXIS_HEIGHT) + 0.5;
  const span = width - 2 * LEFT;
  const toX = (cosine: number): number => LEFT + ((cosine + 1) / 2) * span;
  const { counts } = cosineDistribution(cosines, others.length);
  const peak = Math.max(peakShare(counts), peakShare(others));
  const box = { left: LEFT, width: span, base, top: TOP, peak };
  return [
    svgElement("path", { class: "cosine-others", d: shareOutline(others, box) }),
    svgElement("path", { class: "cosine-pairs", d: shareOutline(counts, box) }),
    svgElement("path", { class: "axis", d: `M0 ${base}H${width}` }),
    ...medianMark(median, toX, base),
    ...othersLabel(peakOf(others), median, toX),
    ...[-1, -0.5, 0, 0.5, 1].map((tick) =>
      svgText(toX(tick), height - 4, formatFixed(tick, 1), anchorOf(tick)),
    ),
  ];
}

/** Middle of the fullest bin; NaN where nothing was counted. */
function peakOf(counts: readonly number[]): number {
  const most = Math.max(0, ...counts);
  return most > 0 ? -1 + (2 * (counts.indexOf(most) + 0.5)) / counts.length : Number.NaN;
}

function anchorOf(tick: number): "start" | "middle" | "end" {
  if (tick === -1) return "start";
  return tick === 1 ? "end" : "middle";
}

function medianMark(median: number, toX: (cosine: number) => number, base: number): Node[] {
  if (!Number.isFinite(median)) return [];
  const x = Math.round(toX(median)) + 0.5;
  return [
    svgElement("path", { class: "median", d: `M${x} 14V${base}` }),
    svgText(
      x + (median > 0 ? 4 : -4),
      11,
      `pairs, median ${formatFixed(median, 2)}`,
      median > 0 ? "end" : "start",
      "value",
    ),
  ];
}

/** Stands over its own peak, or left of the median where that is too near. */
function othersLabel(peak: number, median: number, toX: (cosine: number) => number): Node[] {
  if (!Number.isFinite(peak)) return [];
  const isNear = Math.abs(toX(peak) - toX(median)) < OTHERS_ROOM;
  if (isNear) return [svgText(toX(median) - 6, 25, "all others", "end")];
  const x = Math.max(toX(-1) + OTHERS_ROOM, Math.min(toX(1) - OTHERS_ROOM, toX(peak)));
  return [svgText(x, 25, "all others", "middle")];
}
