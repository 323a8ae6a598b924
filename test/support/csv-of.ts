import type { Design } from "../../trainer/src/linear/design.ts";

/** A table x0, x1, …, y (or y0, y1, …) with all digits; `label` gives a column `label` instead of y. */
export function csvOf(
  { rows, columns, outputs, x, y }: Design,
  label?: (row: number) => string,
): string {
  const features = Array.from({ length: columns }, (_, j) => `x${j}`);
  const targets =
    label === undefined
      ? Array.from({ length: outputs }, (_, k) => (outputs === 1 ? "y" : `y${k}`))
      : ["label"];
  const lines = Array.from({ length: rows }, (_, i) =>
    [
      ...x.subarray(i * columns, (i + 1) * columns),
      ...(label === undefined ? y.subarray(i * outputs, (i + 1) * outputs) : [label(i)]),
    ].join(","),
  );
  return `${[...features, ...targets].join(",")}\n${lines.join("\n")}\n`;
}
