import type { MetricPoints } from "../protocol/panel/curves.ts";
import { fromJsonNumber, type MetricLine } from "../protocol/run-files.ts";

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
  return packed(lines, seriesOf);
}

/**
 * All arrays are views of one buffer: VS Code counts the buffers of a message in one byte, and a
 * run of a hundred metrics would have four hundred.
 */
function packed(
  lines: readonly MetricLine[],
  seriesOf: ReadonlyMap<string, Series>,
): MetricPoints[] {
  const points = [...seriesOf.values()].reduce((sum, series) => sum + series.lines.length, 0);
  const buffer = new ArrayBuffer(points * 4 * Float64Array.BYTES_PER_ELEMENT);
  let offset = 0;
  const place = (values: readonly number[]) => {
    const view = new Float64Array(buffer, offset, values.length);
    view.set(values);
    offset += view.byteLength;
    return view;
  };
  return [...seriesOf].map(([name, series]) => {
    const each = (key: "step" | "epoch" | "time") =>
      place(series.lines.map((index) => lines[index]?.[key] ?? Number.NaN));
    return {
      name,
      steps: each("step"),
      epochs: each("epoch"),
      times: each("time"),
      values: place(series.values),
    };
  });
}
