import type { Figure, FigureLabel } from "./figure.ts";
import type { XScale } from "./x-axis.ts";

/** One sentence per line for readers who do not see the picture. */
export function figureSummary(figure: Figure, x: XScale): string {
  const head = [figure.title, figure.subtitle].filter((text) => text !== "").join(", ");
  const lines = figure.labels.map((label) => labelSummary(label, x));
  const markers = figure.markers.map((marker) => `${marker.text}.`);
  return [`${head}.`, ...lines, ...markers].join(" ");
}

function labelSummary({ name, values, format }: FigureLabel, x: XScale): string {
  const first = values.y[0];
  const last = values.y.at(-1);
  const from = values.x[0];
  const to = values.x.at(-1);
  if (first === undefined || last === undefined || from === undefined || to === undefined) {
    return `${name}: nothing measured yet.`;
  }
  if (values.y.length === 1) return `${name}: ${format(last)} at ${x.formatValue(to)}.`;
  return `${name}: from ${format(first)} at ${x.formatValue(from)} to ${format(last)} at ${x.formatValue(to)}.`;
}
