import type { BinaryIr, Ir, SliceIr, UnaryIr } from "./ir.ts";
import {
  axisOf,
  broadcastShape,
  matmulShape,
  reducedShape,
  type Shape,
  sizeOf,
  sliceBounds,
} from "./shape.ts";

export type ShapeOf = (key: string) => Shape | undefined;

/**
 * Shape of an expression, given the shapes of its symbols; `undefined` when they do not fit.
 *
 * Stricter than NumPy in one place: two operands that both grow by broadcasting, as [m, 1] with
 * [m], do not fit. Nobody means it, and it would let wrong guesses of a shape look consistent.
 */
export function inferShape(ir: Ir, shapeOf: ShapeOf): Shape | undefined {
  switch (ir.kind) {
    case "number":
      return [];
    case "symbol":
      return shapeOf(ir.key);
    case "binary":
      return binaryShape(ir, shapeOf);
    case "put": {
      const base = inferShape(ir.base, shapeOf);
      const value = inferShape(ir.value, shapeOf);
      return base === undefined || base.length === 0 || value === undefined ? undefined : base;
    }
    default: {
      const operand = inferShape(ir.operand, shapeOf);
      return operand === undefined ? undefined : shapeAbove(ir, operand);
    }
  }
}

function binaryShape(ir: BinaryIr, shapeOf: ShapeOf): Shape | undefined {
  const left = inferShape(ir.left, shapeOf);
  const right = left === undefined ? undefined : inferShape(ir.right, shapeOf);
  if (left === undefined || right === undefined) return undefined;
  if (ir.operator === "select") return undefined;
  const isProduct = ir.operator === "@" || ir.operator === "dot";
  const takesScalars = ir.operator === "dot" && (left.length === 0 || right.length === 0);
  if (isProduct && !takesScalars) return matmulShape(left, right);
  const shape = broadcastShape(left, right);
  if (shape === undefined || shape.length > 2) return undefined;
  const grewBoth = sizeOf(shape) > Math.max(sizeOf(left), sizeOf(right));
  return grewBoth ? undefined : shape;
}

function shapeAbove(
  ir: Exclude<Ir, { kind: "number" | "symbol" | "binary" | "put" }>,
  operand: Shape,
): Shape | undefined {
  switch (ir.kind) {
    case "unary":
      return unaryShape(ir, operand);
    case "reduce":
      return reducedShape(operand, ir.axis, ir.keepsAxis);
    case "norm":
      return operand.length === 1 || (operand.length === 2 && operand[1] === 1) ? [] : undefined;
    case "size":
      return ir.axis === undefined || axisOf(operand, ir.axis) !== undefined ? [] : undefined;
    case "slice":
      return slicedShape(ir, operand);
  }
}

function unaryShape(ir: UnaryIr, operand: Shape): Shape {
  switch (ir.operator) {
    case "transpose":
      return operand.toReversed();
    case "flatten":
      return [sizeOf(operand)];
    case "column":
      return [sizeOf(operand), 1];
    case "squeeze":
      return operand.filter((length) => length !== 1);
    default:
      return operand;
  }
}

function slicedShape(ir: SliceIr, operand: Shape): Shape | undefined {
  const length = operand[ir.axis];
  if (length === undefined) return undefined;
  const [first, end] = sliceBounds(length, ir.start, ir.stop);
  if (!ir.dropsAxis) return operand.with(ir.axis, end - first);
  return end - first === 1 ? operand.toSpliced(ir.axis, 1) : undefined;
}
