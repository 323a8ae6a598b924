import type { Expression, SubscriptExpression } from "../syntax/python/ast.ts";
import { binaryIr, type Ir, sizeIr, sliceIr, unaryIr } from "./ir.ts";
import { literalInteger } from "./lowered-call.ts";
import { isFullSlice, type Lower, type SliceRange, sliceRange } from "./slice-range.ts";

/** Parts of an array of up to two axes; `undefined` where an index is no literal. */
export function lowerSubscript(expression: SubscriptExpression, lower: Lower): Ir | undefined {
  const [first, second, ...rest] = expression.indices;
  if (first === undefined || rest.length > 0) return undefined;
  const { value } = expression;
  if (value.kind === "attribute" && value.attribute === "shape") {
    const axis = second === undefined ? literalInteger(lower(first)) : undefined;
    return axis === undefined ? undefined : sizeIr(lower(value.value), axis, expression);
  }
  const operand = lower(value);
  if (second !== undefined) return lowerPair(operand, [first, second], expression, lower);
  if (first.kind === "compare") return binaryIr("select", operand, lower(first), expression);
  const range = sliceRange(first, lower);
  return range && sliceIr(operand, range, expression);
}

/** `x[rows, columns]`; `None` in one of the two places makes a column or a row of a vector. */
function lowerPair(
  operand: Ir,
  [first, second]: readonly [Expression, Expression],
  origin: Expression,
  lower: Lower,
): Ir | undefined {
  const rows = isFullSlice(first) ? ALL : sliceRange(first, lower);
  const columns = isFullSlice(second) ? ALL : sliceRange(second, lower);
  if (isNewAxis(second)) return rows === ALL ? unaryIr("column", operand, origin) : undefined;
  if (isNewAxis(first)) {
    return columns === ALL ? unaryIr("transpose", unaryIr("column", operand), origin) : undefined;
  }
  return rows && columns && { ...part(operand, rows, columns), origin };
}

const ALL = "all";

function part(operand: Ir, rows: SliceRange | typeof ALL, columns: SliceRange | typeof ALL): Ir {
  const chosen = rows === ALL ? operand : sliceIr(operand, rows);
  if (columns === ALL) return chosen;
  if (rows !== ALL && rows.dropsAxis) return sliceIr(chosen, columns);
  return sliceIr(chosen, { ...columns, axis: 1 });
}

const isNewAxis = (index: Expression): boolean =>
  (index.kind === "constant" && index.value === null) ||
  (index.kind === "attribute" && index.attribute === "newaxis");
