import type { Curve } from "../../../core/protocol/panel/curves.ts";
import { svgElement } from "../ui/element.ts";

const WIDTH = 44;
const HEIGHT = 14;

/** How a measure went over the steps, without axes; empty until there are two points. */
export function trendSparkline(curve: Curve | undefined): SVGSVGElement {
  const svg = svgElement("svg", {
    class: "trend-sparkline",
    width: WIDTH,
    height: HEIGHT,
    "aria-hidden": "true",
  });
  const points = curve === undefined ? [] : trendPoints(curve);
  const last = points.at(-1);
  if (last === undefined || points.length < 2) return svg;
  const path = points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L");
  svg.append(
    svgElement("path", { class: "trend", d: `M${path}` }),
    svgElement("circle", { class: "trend-dot", cx: last[0], cy: last[1], r: 2 }),
  );
  return svg;
}

function trendPoints({ steps, values }: Curve): (readonly [number, number])[] {
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((min, value) => Math.min(min, value), Number.POSITIVE_INFINITY);
  const high = finite.reduce((max, value) => Math.max(max, value), Number.NEGATIVE_INFINITY);
  const first = steps[0] ?? 0;
  const span = (steps.at(-1) ?? 0) - first || 1;
  const rise = high - low || 1;
  return [...values].flatMap((value, index) => {
    if (!Number.isFinite(value)) return [];
    const x = 2 + (((steps[index] ?? 0) - first) / span) * (WIDTH - 5);
    const y = HEIGHT - 3 - ((value - low) / rise) * (HEIGHT - 6);
    return [[x, y] as const];
  });
}
