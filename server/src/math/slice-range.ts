import type { Expression } from "../syntax/python/ast.ts";
import type { Ir } from "./ir.ts";
import { literalInteger } from "./lowered-call.ts";

/** Meaning of an expression at this point of the program. */
export type Lower = (expression: Expression) => Ir;

export interface SliceRange {
  readonly start: number;
  readonly stop: number | undefined;
  readonly dropsAxis: boolean;
}

/** Range on an axis that an index with literal ends stands for: `1:`, `0`, `[0]`. */
export function sliceRange(index: Expression, lower: Lower): SliceRange | undefined {
  const integer = (end: Expression | undefined) =>
    end === undefined ? undefined : literalInteger(lower(end));
  if (index.kind === "list") {
    const [only, ...others] = index.elements;
    const range = only && others.length === 0 ? sliceRange(only, lower) : undefined;
    return range?.dropsAxis === true ? { ...range, dropsAxis: false } : undefined;
  }
  if (index.kind !== "slice") {
    const start = integer(index);
    if (start === undefined) return undefined;
    return { start, stop: start === -1 ? undefined : start + 1, dropsAxis: true };
  }
  const start = index.lower === undefined ? 0 : integer(index.lower);
  const stop = integer(index.upper);
  const isLiteral = index.upper === undefined || stop !== undefined;
  if (start === undefined || !isLiteral || index.step !== undefined) return undefined;
  return { start, stop, dropsAxis: false };
}

/** `:` alone. */
export const isFullSlice = (index: Expression): boolean =>
  index.kind === "slice" &&
  index.lower === undefined &&
  index.upper === undefined &&
  index.step === undefined;
