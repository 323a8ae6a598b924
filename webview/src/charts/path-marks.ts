import { formatTicks } from "../layout/axis-format.ts";
import type { LinearScale } from "../layout/linear-scale.ts";
import type { PathChoice } from "../layout/path-choice.ts";
import type { PathPlot } from "../layout/path-plot.ts";
import { spacedCounts } from "../layout/spaced-counts.ts";
import { niceTicks } from "../layout/ticks.ts";
import { svgElement } from "../ui/element.ts";
import { svgText } from "./sized-svg.ts";

/** Two names stand apart from each other only with this much between their lines, CSS pixels. */
const NAME_ROOM = 34;

/** The λ between that of the least error and the largest within one standard error of it. */
export function bandMark({ xs, top, bottom }: PathPlot, { least, oneSe }: PathChoice): Node[] {
  const [from, to] = [xs[least], oneSe === undefined ? undefined : xs[oneSe]];
  if (from === undefined || to === undefined || !(to > from)) return [];
  const size = { x: from, y: top, width: to - from, height: bottom - top };
  return [svgElement("rect", { class: "path-band", ...size })];
}

/** Dashed lines at both λ; `hasNames` for the chart that says what they are. */
export function choiceMarks(plot: PathPlot, choice: PathChoice, hasNames: boolean): Node[] {
  const { least, oneSe } = choice;
  const line = (index: number): Node => {
    const x = Math.round(plot.xs[index] ?? 0) + 0.5;
    return svgElement("path", { class: "path-mark", d: `M${x} ${plot.top}V${plot.bottom}` });
  };
  const lines = [...new Set([least, ...(oneSe === undefined ? [] : [oneSe])])].map(line);
  return hasNames ? [...lines, ...choiceNames(plot, choice)] : lines;
}

function choiceNames({ xs, top }: PathPlot, { least, oneSe }: PathChoice): Node[] {
  const y = top - 6;
  const left = xs[least] ?? 0;
  if (oneSe === undefined) return [lambdaName(left, y, "min", "middle")];
  const right = xs[oneSe] ?? 0;
  if (oneSe === least) return [lambdaName(left, y, "min = 1se", "middle")];
  const isNear = right - left < NAME_ROOM;
  return [
    lambdaName(left, y, "min", isNear ? "end" : "middle"),
    lambdaName(right, y, "1se", isNear ? "start" : "middle"),
  ];
}

function lambdaName(x: number, y: number, sub: string, anchor: "start" | "middle" | "end"): Node {
  const text = svgText(x, y, "λ", anchor, "value");
  text.append(svgElement("tspan", { dy: 3, class: "subscript" }, sub));
  return text;
}

/** Lines across with their values right of the plot, the base line among them where it is in range. */
export function valueGrid(
  plot: PathPlot,
  [min, max]: readonly [number, number],
  toY: LinearScale,
): Node[] {
  const ticks = niceTicks(min, max, Math.max(2, Math.floor((plot.bottom - plot.top) / 38)));
  const texts = formatTicks(ticks);
  return ticks.flatMap((tick, index) => {
    const y = Math.round(toY(tick)) + 0.5;
    return [
      svgElement("path", {
        class: tick === 0 ? "axis" : "grid",
        d: `M${plot.left} ${y}H${plot.right}`,
      }),
      svgText(plot.right + 8, y + 4, texts[index] ?? "", "start"),
    ];
  });
}

/** Powers of ten below the plot, and which way λ grows. */
export function lambdaTicks(plot: PathPlot): Node[] {
  const { left, right, bottom } = plot;
  const base = Math.round(bottom) + 0.5;
  return [
    svgElement("path", { class: "axis", d: `M${left} ${base}H${right}` }),
    ...plot.ticks.flatMap(({ place, text }) => {
      const x = Math.round(plot.toX(place)) + 0.5;
      return [
        svgElement("path", { class: "axis", d: `M${x} ${base}v4` }),
        svgText(x, base + 17, text),
      ];
    }),
    ...(right - left > 300
      ? [
          svgText(left, base + 34, "← weaker", "start"),
          svgText(right, base + 34, "stronger →", "end"),
        ]
      : []),
    svgText((left + right) / 2, base + 34, "λ, log scale"),
  ];
}

/** Numbers of weights that are not zero, at the λ they hold for, `y` their base line. */
export function countRow(
  { xs, left }: PathPlot,
  name: string,
  counts: readonly number[],
  y: number,
): Node[] {
  return [
    svgText(left - 14, y, name, "end"),
    ...spacedCounts(counts, xs).map(({ x, count }) => svgText(x, y, String(count))),
  ];
}
