import { cosineDistribution, medianOf } from "../layout/cosine-distribution.ts";
import { histogramBars } from "../layout/histogram-bars.ts";
import { formatFixed } from "../layout/number-format.ts";
import { element, svgElement } from "../ui/element.ts";
import type { Chart } from "./chart.ts";
import { type Size, SizedSvg, svgText } from "./sized-svg.ts";

export interface CosineData {
  readonly from: string;
  readonly to: string;
  readonly cosines: Float32Array;
}

const AXIS_HEIGHT = 18;
const TOP = 16;

/** Cosines of all true pairs of two modalities over [−1, 1], their median marked. */
export class CosineHistogram implements Chart<CosineData> {
  readonly element = element("div", { className: "cosine-histogram" });
  readonly #svg = new SizedSvg();

  constructor() {
    this.element.append(this.#svg.element);
  }

  update(data: CosineData): void {
    const median = medianOf(data.cosines);
    const label = `Cosine of the pairs of ${data.from} and ${data.to}: median ${formatFixed(median, 2)}.`;
    this.#svg.update(label, (size) => draw(data, median, size));
  }

  dispose(): void {
    this.#svg.dispose();
  }
}

function draw({ cosines }: CosineData, median: number, { width, height }: Size): Node[] {
  const base = Math.round(height - AXIS_HEIGHT) + 0.5;
  const left = 4;
  const span = width - 2 * left;
  const toX = (cosine: number): number => left + ((cosine + 1) / 2) * span;
  const bars = histogramBars(cosineDistribution(cosines), {
    width: span,
    height: base - TOP,
    gap: 1,
    power: 1,
  });
  return [
    ...bars.map((bar) =>
      svgElement("rect", {
        class: "bar-neutral",
        x: left + bar.x,
        y: TOP + bar.y,
        width: bar.width,
        height: bar.height,
      }),
    ),
    svgElement("path", { class: "axis", d: `M0 ${base}H${width}` }),
    ...medianMark(median, toX, base),
    ...[-1, -0.5, 0, 0.5, 1].map((tick) =>
      svgText(toX(tick), height - 4, formatFixed(tick, 1), anchorOf(tick)),
    ),
  ];
}

function anchorOf(tick: number): "start" | "middle" | "end" {
  if (tick === -1) return "start";
  return tick === 1 ? "end" : "middle";
}

function medianMark(median: number, toX: (cosine: number) => number, base: number): Node[] {
  if (!Number.isFinite(median)) return [];
  const x = Math.round(toX(median)) + 0.5;
  return [
    svgElement("path", { class: "median", d: `M${x} ${TOP - 2}V${base}` }),
    svgText(
      x + (median > 0.4 ? -5 : 5),
      11,
      `median ${formatFixed(median, 2)}`,
      median > 0.4 ? "end" : "start",
      "value",
    ),
  ];
}
