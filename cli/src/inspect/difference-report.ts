import type { ComparedTensor } from "../../../core/weights/difference/compare-files.ts";
import { printable } from "../printable.ts";
import { textTable } from "../text-table.ts";
import { figureText, shareText } from "./number-text.ts";

/** What `normlens inspect --against --json` prints; what is infinite or no number is null. */
export interface DifferenceReport {
  readonly file: string;
  readonly against: string;
  readonly tensors: readonly DifferenceEntry[];
  readonly problems: readonly string[];
}

interface DifferenceEntry {
  readonly name: string;
  readonly change: "values" | "added" | "missing" | "shape";
  readonly shape?: readonly number[];
  readonly shape_before?: readonly number[];
  readonly count?: number;
  readonly distance?: number;
  readonly relative?: number | null;
  readonly max_abs?: number;
  readonly cosine?: number | null;
  readonly equal?: number;
  readonly zeros_gained?: number;
  readonly zeros_lost?: number;
  readonly non_finite?: number;
}

export function differenceReport(
  { file, against }: { readonly file: string; readonly against: string },
  compared: readonly ComparedTensor[],
  problems: readonly string[],
): DifferenceReport {
  const unread = compared.flatMap((tensor) =>
    tensor.change === "unread" ? [`\`${tensor.name}\`: ${tensor.problem}`] : [],
  );
  return {
    file,
    against,
    tensors: compared.flatMap((tensor) => (tensor.change === "unread" ? [] : [entryOf(tensor)])),
    problems: [...problems, ...unread],
  };
}

function entryOf(tensor: Exclude<ComparedTensor, { readonly change: "unread" }>): DifferenceEntry {
  const { name, change } = tensor;
  switch (change) {
    case "added":
      return { name, change, shape: tensor.shape };
    case "missing":
      return { name, change, shape_before: tensor.shapeBefore };
    case "shape":
      return { name, change, shape: tensor.shape, shape_before: tensor.shapeBefore };
    default:
      return {
        name,
        change,
        shape: tensor.shape,
        count: tensor.count,
        distance: tensor.distance,
        relative: orNull(tensor.relative),
        max_abs: tensor.maxAbs,
        cosine: orNull(tensor.cosine),
        equal: tensor.equal,
        zeros_gained: tensor.zerosGained,
        zeros_lost: tensor.zerosLost,
        non_finite: tensor.nonFinite,
      };
  }
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

const HEAD = [
  "tensor",
  "shape",
  "‖A−B‖/‖B‖",
  "max |A−B|",
  "cosine",
  "equal",
  "zeros gained",
  "zeros lost",
];

/** The report as a table; lines are at most `width` wide, 0 is no limit. */
export function differenceText(
  { file, against, tensors, problems }: DifferenceReport,
  width: number,
): string {
  const compared = tensors.filter(({ change }) => change === "values");
  const sum = (of: (tensor: DifferenceEntry) => number | undefined) =>
    compared.reduce((total, tensor) => total + (of(tensor) ?? 0), 0);
  const [count, equal] = [sum((tensor) => tensor.count), sum((tensor) => tensor.equal)];
  const other = tensors.length - compared.length;
  const others = other === 0 ? "" : `, ${other} not in both or of another shape`;
  return [
    `A = ${file}, B = ${against}: ${compared.length} tensors compared, ${shareText(equal, count)} of their values equal${others}`,
    "",
    ...(tensors.length === 0 ? [] : [...textTable(HEAD, tensors.map(rowOf), width), ""]),
    ...problems.map(printable),
  ]
    .join("\n")
    .trimEnd();
}

function rowOf(tensor: DifferenceEntry): string[] {
  const { name, change, shape, shape_before: before, count = 0 } = tensor;
  const sides = (of: readonly number[] | undefined) => `[${of?.join(", ")}]`;
  switch (change) {
    case "added":
      return [name, sides(shape), "only in A"];
    case "missing":
      return [name, sides(before), "only in B"];
    case "shape":
      return [name, sides(shape), `${sides(before)} in B`];
    default:
      return [
        name,
        sides(shape),
        figureText(tensor.relative ?? Number.POSITIVE_INFINITY),
        figureText(tensor.max_abs ?? 0),
        tensor.cosine == null ? "–" : tensor.cosine.toFixed(6),
        shareText(tensor.equal ?? 0, count),
        String(tensor.zeros_gained),
        String(tensor.zeros_lost),
      ];
  }
}
