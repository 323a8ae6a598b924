import type { CoefficientPaths } from "../../../core/protocol/panel/path.ts";
import { coefficientLabels } from "../layout/coefficient-labels.ts";
import type { CoefficientLine } from "../layout/coefficient-lines.ts";
import { featureCount } from "../layout/coefficient-table.ts";
import { type LinearScale, linearScale } from "../layout/linear-scale.ts";
import { formatLambda } from "../layout/number-format.ts";
import type { PathChoice } from "../layout/path-choice.ts";
import { type PathPlot, pathPlot } from "../layout/path-plot.ts";
import { shortened } from "../layout/shortened.ts";
import { element, svgElement } from "../ui/element.ts";
import type { Chart } from "./chart.ts";
import { PathHandle } from "./path-handle.ts";
import { bandMark, choiceMarks, countRow, valueGrid } from "./path-marks.ts";
import { type Size, SizedSvg, svgText } from "./sized-svg.ts";
import { textWidth } from "./text-width.ts";

export interface CoefficientData {
  readonly paths: CoefficientPaths;
  readonly lines: readonly CoefficientLine[];
  readonly choice: PathChoice;
  /** λ of the choice that the handle stands at. */
  readonly index: number;
}

const ROOM = { head: 20, foot: 22 };
const PADDING = 0.05;
/** From a label to its plot. */
const LEADER = 14;
const VALUE_WIDTH = 38;
const LABEL_FONT = "11px sans-serif";

/** Coefficients over λ, one line a feature; the handle stands at one λ. */
export class CoefficientChart implements Chart<CoefficientData> {
  readonly element = element("div", { className: "path-chart" });
  readonly #svg = new SizedSvg();
  readonly #handle: PathHandle;

  constructor(onMove: (index: number) => void) {
    this.element.append(this.#svg.element);
    this.#handle = new PathHandle(this.element, "λ, with its coefficients", onMove);
  }

  update(data: CoefficientData): void {
    this.#svg.update(summary(data), (size) => this.#draw(data, size));
  }

  dispose(): void {
    this.#svg.dispose();
  }

  #draw(data: CoefficientData, size: Size): Node[] {
    const { choice, index, paths } = data;
    const plot = pathPlot(
      choice.points.map(({ lambda }) => lambda),
      size,
      ROOM,
    );
    const pill = `λ = ${formatLambda(choice.points[index]?.lambda ?? Number.NaN)}`;
    const value = `${pill}, ${paths.kept[index] ?? 0} features kept`;
    this.#handle.place(plot, index, { pill, value });
    return draw(data, plot);
  }
}

function summary({ paths, lines }: CoefficientData): string {
  const largest = lines.slice(0, 3).map(({ feature }) => feature);
  return `Coefficients over ${paths.lambdas.length} values of λ, ${featureCount(paths)}; the largest are ${largest.join(", ")}.`;
}

function draw({ paths, lines, choice, index }: CoefficientData, plot: PathPlot): Node[] {
  const range = rangeOf(lines);
  const toY = linearScale(range, [plot.bottom, plot.top]);
  const below = lines.filter(({ color }) => color === "muted");
  const above = lines.filter(({ color }) => color !== "muted");
  return [
    ...bandMark(plot, choice),
    ...valueGrid(plot, range, toY),
    ...[...below, ...above].map((line) => path(line, plot, toY)),
    ...choiceMarks(plot, choice, false),
    ...labels(lines, plot, toY),
    ...countRow(plot, "features kept", [...paths.kept], plot.bottom + 16),
    ...above.flatMap((line) => handleDot(line, plot, index, toY)),
  ];
}

/** All coefficients and zero. */
function rangeOf(lines: readonly CoefficientLine[]): readonly [number, number] {
  let [min, max] = [0, 0];
  for (const { sizes } of lines) {
    for (const value of sizes) {
      if (!Number.isFinite(value)) continue;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  const room = (max - min) * PADDING || 1;
  return [min < 0 ? min - room : 0, max > 0 || min === 0 ? max + room : 0];
}

function path(
  { sizes, color, feature }: CoefficientLine,
  { xs }: PathPlot,
  toY: LinearScale,
): Node {
  const points = Array.from(sizes, (value, at) => ({ x: xs[at] ?? Number.NaN, value })).filter(
    ({ x, value }) => Number.isFinite(x) && Number.isFinite(value),
  );
  const line = svgElement(
    "polyline",
    {
      class: color === "muted" ? "coefficient grey" : "coefficient",
      points: points.map(({ x, value }) => `${x.toFixed(1)},${toY(value).toFixed(1)}`).join(" "),
    },
    svgElement("title", {}, feature),
  );
  // The page's content policy takes no style attributes.
  if (color !== "muted") line.style.stroke = `var(--nl-${color})`;
  return line;
}

function labels(lines: readonly CoefficientLine[], plot: PathPlot, toY: LinearScale): Node[] {
  const right = plot.left - LEADER;
  const nameRoom = right - VALUE_WIDTH - 4;
  return coefficientLabels(lines, toY, [plot.top, plot.bottom]).flatMap(
    ({ name, value, color, y, anchor }) => {
      const short = shortened(name, nameRoom, (text) => textWidth(text, LABEL_FONT));
      const text = svgText(right - VALUE_WIDTH, y + 4, short, "end", "feature-name");
      if (color !== "muted") text.style.fill = `var(--nl-${color})`;
      text.append(svgElement("title", {}, name));
      const d = `M${plot.left} ${anchor.toFixed(1)}L${right + 3} ${y.toFixed(1)}`;
      return [
        svgElement("path", { class: "leader", d }),
        text,
        svgText(right, y + 4, value, "end"),
      ];
    },
  );
}

function handleDot(
  { sizes, color }: CoefficientLine,
  { xs }: PathPlot,
  index: number,
  toY: LinearScale,
): Node[] {
  const value = sizes[index];
  if (value === undefined || value === 0 || !Number.isFinite(value)) return [];
  const dot = svgElement("circle", {
    class: "path-dot",
    cx: xs[index] ?? 0,
    cy: toY(value),
    r: 3,
  });
  dot.style.fill = `var(--nl-${color})`;
  return [dot];
}
