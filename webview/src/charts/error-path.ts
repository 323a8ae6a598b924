import { errorRange } from "../layout/error-range.ts";
import { type LinearScale, linearScale } from "../layout/linear-scale.ts";
import { formatCount, formatLambda, formatSize } from "../layout/number-format.ts";
import type { PathChoice } from "../layout/path-choice.ts";
import { type PathPlot, pathPlot } from "../layout/path-plot.ts";
import { pushApart } from "../layout/push-apart.ts";
import { element, svgElement } from "../ui/element.ts";
import type { Chart } from "./chart.ts";
import { PathHandle } from "./path-handle.ts";
import { bandMark, choiceMarks, countRow, lambdaTicks, valueGrid } from "./path-marks.ts";
import { type Size, SizedSvg, svgText } from "./sized-svg.ts";

export interface ErrorPathData {
  readonly choice: PathChoice;
  /** λ that the handle stands at. */
  readonly index: number;
  /** Numbers of weights that are not zero stand below the axis, where no other chart has them. */
  readonly hasCounts: boolean;
  /** The handle says its λ, where no chart above does. */
  readonly hasPill: boolean;
}

const HEAD = 24;
const PILL_ROOM = 18;
const FOOT = 42;
const COUNT_ROOM = 20;
/** Points are marked one by one where they are no more than this. */
const MOST_DOTS = 40;

/** Mean error of every λ with a band of its standard error; the handle stands at one of them. */
export class ErrorPath implements Chart<ErrorPathData> {
  readonly element = element("div", { className: "path-chart" });
  readonly #svg = new SizedSvg();
  readonly #handle: PathHandle;

  constructor(onMove: (index: number) => void) {
    this.element.append(this.#svg.element);
    this.#handle = new PathHandle(this.element, "λ, with its error", onMove);
  }

  update(data: ErrorPathData): void {
    this.#svg.update(summary(data.choice), (size) => this.#draw(data, size));
  }

  dispose(): void {
    this.#svg.dispose();
  }

  #draw(data: ErrorPathData, size: Size): Node[] {
    const { choice, index, hasCounts, hasPill } = data;
    const { points } = choice;
    const lambdas = points.map(({ lambda }) => lambda);
    const plot = pathPlot(lambdas, size, {
      head: hasPill ? HEAD + PILL_ROOM : HEAD,
      foot: hasCounts ? FOOT + COUNT_ROOM : FOOT,
    });
    const here = points[index];
    if (here === undefined) return [];
    const pill = `λ = ${formatLambda(here.lambda)}`;
    this.#handle.place(plot, index, {
      pill: hasPill ? pill : "",
      value: `${pill}, error ${formatSize(here.mean)}, ${formatCount(here.non_zeros)} not zero`,
    });
    return draw(data, plot);
  }
}

function summary({ points, least, oneSe }: PathChoice): string {
  const [best, sparser] = [points[least], oneSe === undefined ? undefined : points[oneSe]];
  const tail =
    sparser === undefined
      ? ""
      : `, within one standard error up to λ = ${formatLambda(sparser.lambda)}`;
  return `Error over ${points.length} values of λ: least ${formatSize(best?.mean ?? Number.NaN)} at λ = ${formatLambda(best?.lambda ?? Number.NaN)}${tail}.`;
}

function draw({ choice, index, hasCounts }: ErrorPathData, plot: PathPlot): Node[] {
  const { points, least } = choice;
  const { range, cut } = errorRange(points);
  const toY = linearScale(range, [plot.bottom, plot.top]);
  const counts = points.map((point) => point.non_zeros);
  return [
    ...bandMark(plot, choice),
    ...valueGrid(plot, range, toY),
    curve(choice, plot, toY),
    ...choiceMarks(plot, choice, true),
    ...leftNames(choice, plot, toY),
    ...lambdaTicks(plot),
    ...(hasCounts ? countRow(plot, "not zero", counts, plot.bottom + FOOT + 14) : []),
    ...(cut === undefined ? [] : [cutNote(plot, cut)]),
    dot(plot.xs[least], toY(points[least]?.mean ?? 0), "path-dot"),
    ...handleDot(plot, index, toY(points[index]?.mean ?? 0)),
  ];
}

/** The mean within its band, cut at the plot's edges. */
function curve(
  { points }: PathChoice,
  { xs, left, right, top, bottom }: PathPlot,
  toY: LinearScale,
): Node {
  const at = (index: number, value: number): string =>
    `${(xs[index] ?? 0).toFixed(1)},${toY(value).toFixed(1)}`;
  const upper = points.map(({ mean, se }, index) => at(index, mean + se));
  const lower = points.map(({ mean, se }, index) => at(index, mean - se)).toReversed();
  const means = points.map(({ mean }, index) => at(index, mean));
  const box = { x: left - 4, y: top, width: right - left + 8, height: bottom - top };
  const dots = points.length > MOST_DOTS ? [] : points;
  return svgElement(
    "svg",
    { ...box, viewBox: `${box.x} ${box.y} ${box.width} ${box.height}` },
    svgElement("polygon", { class: "error-band", points: [...upper, ...lower].join(" ") }),
    svgElement("polyline", { class: "error-mean", points: means.join(" ") }),
    ...dots.map(({ mean }, index) =>
      svgElement("circle", { class: "error-point", cx: xs[index] ?? 0, cy: toY(mean), r: 2 }),
    ),
  );
}

/** What the line and the dotted limit are, left of the plot, apart from each other. */
function leftNames({ points, least, oneSe }: PathChoice, plot: PathPlot, toY: LinearScale): Node[] {
  const best = points[least];
  const weakest = points.at(-1);
  if (best === undefined || weakest === undefined) return [];
  const within = (value: number): number => Math.min(plot.bottom, Math.max(plot.top, toY(value)));
  const mean = within(weakest.mean);
  if (oneSe === undefined) return [svgText(plot.left - 14, mean + 4, "error", "end", "error-name")];
  const limit = Math.round(toY(best.mean + best.se)) + 0.5;
  const [meanY = mean, limitY = limit] = pushApart([mean, limit], 14, [plot.top, plot.bottom]);
  return [
    svgElement("path", { class: "error-limit", d: `M${plot.left} ${limit}H${plot.right}` }),
    svgText(plot.left - 14, limitY + 4, "least + 1 SE", "end"),
    svgText(plot.left - 14, meanY + 4, "mean ± SE", "end", "error-name"),
  ];
}

function cutNote(plot: PathPlot, cut: number): Node {
  return svgText(plot.left - 14, plot.top + 4, `up to ${formatSize(cut)}`, "end");
}

/** None where the curve has left the plot. */
function handleDot(plot: PathPlot, index: number, y: number): Node[] {
  const isInside = y >= plot.top && y <= plot.bottom;
  return isInside ? [dot(plot.xs[index], y, "path-dot at-handle")] : [];
}

function dot(x: number | undefined, y: number, className: string): Node {
  return svgElement("circle", { class: className, cx: x ?? 0, cy: y, r: 4 });
}
