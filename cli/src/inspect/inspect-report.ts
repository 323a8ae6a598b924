import type { ScannedTensor } from "../../../core/weights/scan/scan-file.ts";
import { printable } from "../printable.ts";
import { textTable } from "../text-table.ts";
import { figureText, shareText } from "./number-text.ts";

/** What `normlens inspect --json` prints. */
export interface InspectReport {
  readonly file: string;
  readonly format: string;
  readonly tensors: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly dtype: string;
    readonly count: number;
    readonly zeros: number;
    readonly l1: number;
    readonly l2: number;
    readonly max_abs: number;
    readonly non_finite: number;
  }[];
  readonly problems: readonly string[];
}

export function inspectReport(
  file: string,
  format: string,
  tensors: readonly ScannedTensor[],
  problems: readonly string[],
): InspectReport {
  return {
    file,
    format,
    tensors: tensors.map(({ name, shape, dtype, count, zeros, l1, l2, maxAbs, nonFinite }) => {
      return { name, shape, dtype, count, zeros, l1, l2, max_abs: maxAbs, non_finite: nonFinite };
    }),
    problems,
  };
}

/** The report as a table with a line of totals; lines are at most `width` wide, 0 is no limit. */
export function inspectText(
  { file, format, tensors, problems }: InspectReport,
  width: number,
): string {
  const sum = (of: (tensor: InspectReport["tensors"][number]) => number) =>
    tensors.reduce((total, tensor) => total + of(tensor), 0);
  const [count, zeros, nonFinite] = [
    sum((tensor) => tensor.count),
    sum((tensor) => tensor.zeros),
    sum((tensor) => tensor.non_finite),
  ];
  const rows = tensors.map((tensor) => [
    tensor.name,
    `[${tensor.shape.join(", ")}]`,
    tensor.dtype,
    shareText(tensor.zeros, tensor.count),
    figureText(tensor.l1),
    figureText(tensor.l2),
    figureText(tensor.max_abs),
    String(tensor.non_finite),
  ]);
  const table = textTable(
    ["tensor", "shape", "dtype", "zeros", "‖w‖₁", "‖w‖₂", "max |w|", "non-finite"],
    rows,
    width,
  );
  const bad = nonFinite === 0 ? "" : `, ${nonFinite} not finite`;
  return [
    `${file}: ${format}, ${tensors.length} tensors, ${count.toLocaleString("en-US")} values, ${shareText(zeros, count)} exactly zero${bad}`,
    "",
    ...(tensors.length === 0 ? [] : [...table, ""]),
    ...problems.map(printable),
  ]
    .join("\n")
    .trimEnd();
}
