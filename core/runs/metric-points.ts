import { fromJsonNumber, type MetricLine } from "../protocol/run-files.ts";
import type { MetricPoints } from "../protocol/webview.ts";

/** Which of the lines hold a metric, and its values there. */
interface Series {
  readonly lines: number[];
  readonly values: number[];
}

/** Lines turned into one series of points per metric, in the order in which metrics first appear. */
export function metricPoints(lines: readonly MetricLine[]): MetricPoints[] {
  const seriesOf = new Map<string, Series>();
  for (const [index, line] of lines.entries()) {
    for (const name of Object.keys(line.values)) {
      const value = fromJsonNumber(line.values[name]) ?? Number.NaN;
      const series = seriesOf.get(name);
      if (series === undefined) {
        seriesOf.set(name, { lines: [index], values: [value] });
      } else {
        series.lines.push(index);
        series.values.push(value);
      }
    }
  }
  return [...seriesOf].map(([name, series]) => {
    const each = (key: "step" | "epoch" | "time") =>
      Float64Array.from(series.lines, (index) => lines[index]?.[key] ?? Number.NaN);
    return {
      name,
      steps: each("step"),
      epochs: each("epoch"),
      times: each("time"),
      values: Float64Array.from(series.values),
    };
  });
}
