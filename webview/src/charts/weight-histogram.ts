import type { LayerRow } from "../../../core/protocol/panel/weights.ts";
import { formatTicks } from "../layout/axis-format.ts";
import { barSide, type HistogramBar, histogramBars } from "../layout/histogram-bars.ts";
import { type HistogramPair, histogramPair } from "../layout/histogram-pair.ts";
import { zeroFraction } from "../layout/layer-table.ts";
import { logTicks } from "../layout/log-histogram-ticks.ts";
import { formatCount, formatPercent } from "../layout/number-format.ts";
import { niceTicks } from "../layout/ticks.ts";
import { element, svgElement } from "../ui/element.ts";
import type { Chart } from "./chart.ts";
import { type Size, SizedSvg, svgText } from "./sized-svg.ts";

const AXIS_HEIGHT = 20;
const TOP = 18;
const ZERO_WIDTH = 22;
/** Room for the bar of zeros and the break of the axis after it. */
const ZERO_ROOM = 58;

export interface WeightHistogramData {
  readonly row: LayerRow;
  /** The same tensor of another run, drawn as an outline over the bars. */
  readonly other?: LayerRow;
}

/**
 * Values of one tensor: non-zero values as bars, blue below zero and orange above, their heights the
 * roots of the counts; exact zeros as a bar of their own before a break in the axis, its height their
 * share of all values.
 */
export class WeightHistogram implements Chart<WeightHistogramData> {
  readonly element = element("div", { className: "weight-histogram" });
  readonly #svg = new SizedSvg();

  constructor() {
    this.element.append(this.#svg.element);
  }

  update(data: WeightHistogramData): void {
    this.#svg.update(summary(data), (size) => draw(data, size));
  }

  dispose(): void {
    this.#svg.dispose();
  }
}

function summary({ row, other }: WeightHistogramData): string {
  const { edges } = row.histogram;
  const range = edges.length > 1 ? ` from ${edges[0]} to ${edges.at(-1)}` : "";
  const beside =
    other === undefined
      ? ""
      : ` Of the other run ${formatCount(other.zeros)} are zero; its histogram is the outline.`;
  return `Histogram of ${row.layer}: ${formatCount(row.zeros)} of ${formatCount(row.count)} values are exactly zero, the others lie${range}.${beside}`;
}

function draw({ row, other }: WeightHistogramData, { width, height }: Size): Node[] {
  const base = Math.round(height - AXIS_HEIGHT) + 0.5;
  const plot = { left: ZERO_ROOM, width: width - ZERO_ROOM - 8, height: base - TOP };
  const box = { width: plot.width, height: plot.height, gap: 1, power: 0.5 };
  // Bins in log |w| are of another kind: they are not drawn over each other.
  const isPair = other !== undefined && row.histogram.isLog !== true;
  const pair = isPair ? histogramPair(row.histogram, other.histogram, box) : undefined;
  return [
    ...zeroBar(row, base, plot.height),
    ...(other === undefined ? [] : zeroTick(other, base, plot.height)),
    axisLine(0, ZERO_ROOM - 22, base),
    ...axisBreak(base),
    axisLine(ZERO_ROOM - 8, width, base),
    ...(pair === undefined
      ? histogramBars(row.histogram, box).map((bar) => barRect(bar, plot.left, TOP))
      : pairNodes(pair, plot.left)),
    ...(pair === undefined ? ticksOf(row, plot, base) : linearTicks(pair, plot, base)),
  ];
}

function pairNodes({ bars, outline }: HistogramPair, left: number): Node[] {
  return [
    ...bars.map((bar) => barRect({ ...bar, side: barSide(bar.from, bar.to) }, left, TOP)),
    svgElement("path", {
      class: "other-outline",
      d: outline,
      transform: `translate(${left} ${TOP})`,
    }),
  ];
}

/** The other run's share of zeros. */
function zeroTick(other: LayerRow, base: number, room: number): Node[] {
  const share = zeroFraction(other);
  if (!Number.isFinite(share)) return [];
  const y = base - room * share;
  return [svgElement("path", { class: "other-outline", d: `M2 ${y}h${ZERO_WIDTH + 8}` })];
}

function zeroBar(row: LayerRow, base: number, room: number): Node[] {
  const share = zeroFraction(row);
  if (!Number.isFinite(share)) return [];
  const height = room * share;
  const x = 6;
  return [
    svgElement("rect", {
      class: "bar-zero",
      x,
      y: base - height,
      width: ZERO_WIDTH,
      height,
    }),
    svgText(x + ZERO_WIDTH / 2, base - height - 5, formatPercent(share), "middle", "value"),
    svgText(x + ZERO_WIDTH / 2, base + 14, "= 0"),
  ];
}

/** Two strokes say that the zeros' height and the bars' heights are on different scales. */
function axisBreak(base: number): Node[] {
  return [ZERO_ROOM - 19, ZERO_ROOM - 14].map((x) =>
    svgElement("path", { class: "axis", d: `M${x} ${base + 4}l4 -8` }),
  );
}

function axisLine(from: number, to: number, base: number): SVGElement {
  return svgElement("path", { class: "axis", d: `M${from} ${base}H${to}` });
}

function barRect(bar: HistogramBar, left: number, top: number): SVGElement {
  const title = svgElement(
    "title",
    {},
    `${formatCount(bar.count)} values from ${bar.from.toPrecision(3)} to ${bar.to.toPrecision(3)}`,
  );
  return svgElement(
    "rect",
    {
      class: `bar-${bar.side}`,
      x: (left + bar.x).toFixed(2),
      y: (top + bar.y).toFixed(2),
      width: bar.width.toFixed(2),
      height: bar.height.toFixed(2),
    },
    title,
  );
}

interface Plot {
  readonly left: number;
  readonly width: number;
}

function ticksOf({ histogram }: LayerRow, plot: Plot, base: number): Node[] {
  const { edges, counts, isLog } = histogram;
  if (isLog === true && counts.length > 0) {
    return logTicks(edges, Math.max(2, Math.floor(plot.width / 44))).map(({ place, text }) =>
      svgText(plot.left + place * plot.width, base + 14, text),
    );
  }
  const first = edges[0] ?? Number.NaN;
  const last = edges[counts.length] ?? Number.NaN;
  if (!(last > first)) return [svgText(plot.left + plot.width / 2, base - 24, "no other values")];
  return linearTicks({ from: first, to: last }, plot, base);
}

function linearTicks(
  { from: first, to: last }: { readonly from: number; readonly to: number },
  plot: Plot,
  base: number,
): Node[] {
  const ticks = niceTicks(first, last, Math.max(2, Math.floor(plot.width / 64)));
  const texts = formatTicks(ticks);
  return ticks.map((tick, index) =>
    svgText(
      plot.left + ((tick - first) / (last - first)) * plot.width,
      base + 14,
      texts[index] ?? "",
    ),
  );
}
