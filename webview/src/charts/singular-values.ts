import { formatTicks } from "../layout/axis-format.ts";
import { stableRank } from "../layout/layer-table.ts";
import { formatSize } from "../layout/number-format.ts";
import { integerTicks, niceTicks } from "../layout/ticks.ts";
import { element, svgElement } from "../ui/element.ts";
import type { Chart } from "./chart.ts";
import { type Size, SizedSvg, svgText } from "./sized-svg.ts";

const MARGIN = { left: 36, right: 8, top: 10, bottom: 20 } as const;
/** Least distance between the middles of two numbers on the axis, CSS pixels. */
const TICK_ROOM = 32;

export interface SingularValuesData {
  readonly spectrum: readonly number[];
  /** The largest that noise would have. */
  readonly noiseEdge?: number;
  /** Of the same tensor in another run. */
  readonly other?: readonly number[];
}

/**
 * Singular values, largest first, against their index from 1: those above the edge of noise in colour,
 * those of another run as rings.
 */
export class SingularValues implements Chart<SingularValuesData> {
  readonly element = element("div", { className: "singular-values" });
  readonly #svg = new SizedSvg();

  constructor() {
    this.element.append(this.#svg.element);
  }

  update(data: SingularValuesData): void {
    this.#svg.update(summary(data), (size) => draw(data, size));
  }

  dispose(): void {
    this.#svg.dispose();
  }
}

function summary({ spectrum, noiseEdge }: SingularValuesData): string {
  const rank = stableRank(spectrum);
  const tail = rank === undefined ? "" : `, stable rank ${rank.toFixed(1)}`;
  const largest = formatSize(spectrum[0] ?? 0);
  const edge =
    noiseEdge === undefined ? "" : `, ${countAbove(spectrum, noiseEdge)} above the edge of noise`;
  return `${spectrum.length} singular values, largest ${largest}, smallest ${formatSize(spectrum.at(-1) ?? 0)}${tail}${edge}.`;
}

function countAbove(spectrum: readonly number[], edge: number): number {
  return spectrum.filter((value) => value > edge).length;
}

function draw(
  { spectrum, noiseEdge, other = [] }: SingularValuesData,
  { width, height }: Size,
): Node[] {
  const largest = Math.max(...spectrum, ...other, 0);
  if (!(largest > 0)) return [svgText(width / 2, height / 2, "all singular values are zero")];
  const plot = {
    width: width - MARGIN.left - MARGIN.right,
    height: height - MARGIN.top - MARGIN.bottom,
  };
  const top = largest * 1.06;
  const toX = (index: number): number =>
    MARGIN.left + 4 + ((index - 1) / Math.max(1, spectrum.length - 1)) * (plot.width - 8);
  const toY = (value: number): number => MARGIN.top + plot.height * (1 - value / top);
  return [
    ...grid(top, plot.height, width, toY),
    ...xTicks(spectrum.length, plot.width, toX, height),
    ...other.map((value, position) =>
      svgElement("circle", {
        class: "spectrum-ring",
        cx: toX(position + 1),
        cy: toY(value),
        r: 2.5,
      }),
    ),
    ...spectrum.map((value, position) =>
      svgElement(
        "circle",
        {
          class: value <= (noiseEdge ?? 0) ? "spectrum-dot is-noise" : "spectrum-dot",
          cx: toX(position + 1),
          cy: toY(value),
          r: 2,
        },
        svgElement("title", {}, `σ${position + 1} = ${formatSize(value)}`),
      ),
    ),
    ...(noiseEdge === undefined ? [] : edgeNodes(spectrum, noiseEdge, { width, toY })),
  ];
}

function edgeNodes(
  spectrum: readonly number[],
  edge: number,
  { width, toY }: { readonly width: number; readonly toY: (value: number) => number },
): Node[] {
  const y = toY(edge);
  const [left, right] = [MARGIN.left, width - MARGIN.right];
  const above = countAbove(spectrum, edge);
  return [
    svgElement("path", { class: "noise-edge", d: `M${left} ${y}H${right}` }),
    svgText(right, y - 5, `noise edge, ${above} above`, "end", "tick noise-edge-text"),
  ];
}

function grid(top: number, height: number, width: number, toY: (value: number) => number): Node[] {
  const ticks = niceTicks(0, top, Math.max(3, Math.floor(height / 40)));
  const texts = formatTicks(ticks);
  return ticks.flatMap((tick, index) => {
    const y = Math.round(toY(tick)) + 0.5;
    return [
      svgElement("path", {
        class: tick === 0 ? "axis" : "grid",
        d: `M${MARGIN.left} ${y}H${width - MARGIN.right}`,
      }),
      svgText(MARGIN.left - 8, y + 4, texts[index] ?? "", "end"),
    ];
  });
}

function xTicks(
  count: number,
  width: number,
  toX: (index: number) => number,
  height: number,
): Node[] {
  const inner = integerTicks(1, count, Math.max(1, Math.floor(width / 56))).filter(
    (tick) => toX(tick) - toX(1) > TICK_ROOM && toX(count) - toX(tick) > TICK_ROOM,
  );
  return [1, ...inner, ...(count > 1 ? [count] : [])].map((tick) =>
    svgText(toX(tick), height - 6, String(tick)),
  );
}
