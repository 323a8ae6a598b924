import { type BinaryIr, binaryIr, type Ir, type ReduceIr, reduceIr, type UnaryIr } from "./ir.ts";
import { childrenOf, structuralKey } from "./ir-walk.ts";

/** An array of which only the entries that a mask of ones and zeros chooses are meant. */
interface Chosen {
  readonly value: Ir;
  readonly mask: Ir | undefined;
}

/**
 * The expression with sums over chosen entries written as sums over all of them: Σ x[c] is Σ x·c.
 *
 * Selections that are not summed up remain.
 */
export function absorbSelections(ir: Ir): Ir {
  if (!holdsSelection(ir)) return ir;
  const { value, mask } = chosen(ir);
  return mask === undefined ? value : binaryIr("select", value, mask, ir.origin);
}

const holdsSelection = (ir: Ir): boolean =>
  (ir.kind === "binary" && ir.operator === "select") || childrenOf(ir).some(holdsSelection);

function chosen(ir: Ir): Chosen {
  if (!holdsSelection(ir)) return { value: ir, mask: undefined };
  switch (ir.kind) {
    case "binary":
      return ofBinary(ir);
    case "unary":
      return ofUnary(ir);
    case "reduce":
      return ofReduction(ir);
    case "slice":
    case "norm":
    case "size":
      return { value: { ...ir, operand: absorbSelections(ir.operand) }, mask: undefined };
    default:
      return { value: ir, mask: undefined };
  }
}

function ofUnary(ir: UnaryIr): Chosen {
  const { value, mask } = chosen(ir.operand);
  if (mask === undefined) return { value: { ...ir, operand: value }, mask };
  const moves = ["transpose", "flatten", "column", "squeeze"].includes(ir.operator);
  const result = { ...ir, operand: value };
  return { value: result, mask: moves ? { ...ir, operand: mask } : mask };
}

function ofBinary(ir: BinaryIr): Chosen {
  if (ir.operator === "select") return { value: absorbSelections(ir.left), mask: ir.right };
  const left = chosen(ir.left);
  const right = chosen(ir.right);
  if (ir.operator === "@" || ir.operator === "dot") return ofProduct(ir, left, right);
  const whole = { ...ir, left: left.value, right: right.value };
  if (left.mask === undefined || right.mask === undefined) {
    return { value: whole, mask: left.mask ?? right.mask };
  }
  const isSame = structuralKey(left.mask) === structuralKey(right.mask);
  return isSame ? { value: whole, mask: left.mask } : { value: ir, mask: undefined };
}

/** Entries that one side leaves out count for nothing in an inner product. */
function ofProduct(ir: BinaryIr, left: Chosen, right: Chosen): Chosen {
  const side = (one: Chosen): Ir =>
    one.mask === undefined ? one.value : binaryIr("*", one.value, one.mask);
  const bothChosen = left.mask !== undefined && right.mask !== undefined;
  return {
    value: bothChosen
      ? { ...ir, left: side(left), right: right.value }
      : { ...ir, left: side(left), right: side(right) },
    mask: undefined,
  };
}

function ofReduction(ir: ReduceIr): Chosen {
  const { value, mask } = chosen(ir.operand);
  if (mask === undefined) return { value: { ...ir, operand: value }, mask };
  const isTotal = ir.axis === undefined && (ir.operation === "sum" || ir.operation === "mean");
  if (!isTotal) return { value: ir, mask: undefined };
  const total = reduceIr("sum", binaryIr("*", value, mask), {}, ir.origin);
  const mean = ir.operation === "mean" ? binaryIr("/", total, reduceIr("sum", mask)) : total;
  return { value: mean, mask: undefined };
}
