import type { BinaryIr, Ir, NormIr, ReduceIr, SliceIr, UnaryIr } from "./ir.ts";
import { axisOf, sizeOf } from "./shape.ts";
import { map, matmul, put, reduce, scalar, slice, type Tensor, transpose, zip } from "./tensor.ts";

/** Values of the symbols, by key. */
export type Values = ReadonlyMap<string, Tensor>;

const OF_NUMBERS = {
  "+": (a: number, b: number) => a + b,
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
  "/": (a: number, b: number) => a / b,
  "**": (a: number, b: number) => a ** b,
  maximum: Math.max,
  minimum: Math.min,
  "==": (a: number, b: number) => (a === b ? 1 : 0),
} as const;

const OF_NUMBER = {
  negate: (a: number) => -a,
  abs: Math.abs,
  sign: Math.sign,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
} as const;

const FOLDS = {
  sum: (total: number, value: number) => total + value,
  mean: (total: number, value: number) => total + value,
  max: Math.max,
  min: Math.min,
} as const;

/**
 * Value of an expression in float64 with NumPy's meaning of every operation.
 *
 * `undefined` where NumPy would raise: shapes that do not fit, a symbol without a value.
 * Non-finite numbers flow through, as in NumPy.
 */
export function evaluate(ir: Ir, values: Values): Tensor | undefined {
  switch (ir.kind) {
    case "number":
      return scalar(ir.value);
    case "symbol":
      return values.get(ir.key);
    case "binary":
      return evaluateBinary(ir, values);
    case "put": {
      const base = evaluate(ir.base, values);
      const value = evaluate(ir.value, values);
      if (base === undefined || value === undefined) return undefined;
      return put(ir.isZeroElsewhere ? map(base, () => 0) : base, ir.start, ir.stop, value);
    }
    default: {
      const operand = evaluate(ir.operand, values);
      return operand === undefined ? undefined : apply(ir, operand);
    }
  }
}

function evaluateBinary(ir: BinaryIr, values: Values): Tensor | undefined {
  const left = evaluate(ir.left, values);
  const right = left === undefined ? undefined : evaluate(ir.right, values);
  if (left === undefined || right === undefined) return undefined;
  if (ir.operator === "select") return undefined;
  if (ir.operator === "@") return matmul(left, right);
  if (ir.operator === "dot") {
    const takesScalars = left.shape.length === 0 || right.shape.length === 0;
    return takesScalars ? zip(left, right, OF_NUMBERS["*"]) : matmul(left, right);
  }
  return zip(left, right, OF_NUMBERS[ir.operator]);
}

function apply(
  ir: Exclude<Ir, { kind: "number" | "symbol" | "binary" | "put" }>,
  operand: Tensor,
): Tensor | undefined {
  switch (ir.kind) {
    case "unary":
      return applyUnary(ir, operand);
    case "norm":
      return vectorNorm(ir.order, operand);
    case "reduce":
      return applyReduction(ir, operand);
    case "size": {
      if (ir.axis === undefined) return scalar(operand.data.length);
      const length = operand.shape[axisOf(operand.shape, ir.axis) ?? -1];
      return length === undefined ? undefined : scalar(length);
    }
    case "slice": {
      return applySlice(ir, operand);
    }
  }
}

function applySlice(
  { axis, start, stop, dropsAxis }: SliceIr,
  operand: Tensor,
): Tensor | undefined {
  if (axis === 1 && operand.shape.length !== 2) return undefined;
  const rows = slice(axis === 1 ? transpose(operand) : operand, start, stop);
  if (rows === undefined) return undefined;
  if (!dropsAxis) return axis === 1 ? transpose(rows) : rows;
  return rows.shape[0] === 1 ? { shape: rows.shape.slice(1), data: rows.data } : undefined;
}

function applyReduction(ir: ReduceIr, operand: Tensor): Tensor | undefined {
  // NumPy's sum of nothing is 0; its mean is not a number, and its maximum an error.
  const empty = ir.operation === "sum" ? 0 : Number.NaN;
  const total = reduce(operand, ir.axis, ir.keepsAxis, FOLDS[ir.operation], empty);
  if (total === undefined || ir.operation !== "mean") return total;
  const count = operand.data.length / total.data.length;
  return map(total, (value) => value / count);
}

function applyUnary(ir: UnaryIr, operand: Tensor): Tensor {
  switch (ir.operator) {
    case "transpose":
      return transpose(operand);
    case "flatten":
      return { shape: [sizeOf(operand.shape)], data: operand.data };
    case "column":
      return { shape: [sizeOf(operand.shape), 1], data: operand.data };
    case "squeeze":
      return { shape: operand.shape.filter((length) => length !== 1), data: operand.data };
    default:
      return map(operand, OF_NUMBER[ir.operator]);
  }
}

/** Σ|xᵢ|, √Σxᵢ² or max|xᵢ| of a vector or a column; `undefined` for other matrices. */
function vectorNorm(order: NormIr["order"], operand: Tensor): Tensor | undefined {
  const [, columns] = operand.shape;
  if (operand.shape.length === 0 || (columns !== undefined && columns !== 1)) return undefined;
  const sizes = operand.data.map(Math.abs);
  if (order === "infinity") return scalar(Math.max(...sizes));
  if (order === 1) return scalar(sizes.reduce((total, value) => total + value, 0));
  return scalar(Math.hypot(...sizes));
}
