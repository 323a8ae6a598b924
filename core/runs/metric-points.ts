import { fromJsonNumber, type MetricLine } from "../protocol/run-files.ts";
import type { MetricPoints } from "../protocol/webview.ts";

/** Lines turned into one series of points per metric, in the order in which metrics first appear. */
export function metricPoints(lines: readonly MetricLine[]): MetricPoints[] {
  const linesOf = new Map<string, { line: MetricLine; value: number }[]>();
  for (const line of lines) {
    for (const [name, stored] of Object.entries(line.values)) {
      const value = fromJsonNumber(stored) ?? Number.NaN;
      const series = linesOf.get(name);
      if (series === undefined) linesOf.set(name, [{ line, value }]);
      else series.push({ line, value });
    }
  }
  return [...linesOf].map(([name, points]) => ({
    name,
    steps: Float64Array.from(points, ({ line }) => line.step),
    epochs: Float64Array.from(points, ({ line }) => line.epoch),
    times: Float64Array.from(points, ({ line }) => line.time),
    values: Float64Array.from(points, ({ value }) => value),
  }));
}
