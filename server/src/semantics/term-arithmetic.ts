import type { BinaryOperator, Expression, Statement } from "../syntax/python/ast.ts";
import { expressionsIn } from "../syntax/python/walk.ts";
import { lastName } from "./program-index.ts";
import { isCoefficientName } from "./training-names.ts";
import {
  isKnown,
  isPenalty,
  mapTerms,
  type TrainingValue,
  unknownValue,
  type WeightsValue,
} from "./training-term.ts";
import { normOf } from "./weight-norms.ts";

export interface Operands {
  readonly left: TrainingValue;
  readonly right: TrainingValue;
  readonly leftNode: Expression;
  readonly rightNode: Expression;
  /** The whole operation. */
  readonly node: Expression;
  readonly statement: Statement | undefined;
  readonly isSameText: boolean;
}

/** The value of `left operator right`. */
export function combine(operator: BinaryOperator, operands: Operands): TrainingValue {
  switch (operator) {
    case "+":
      return total(operands, 1);
    case "-":
      return total(operands, -1);
    case "*":
      return product(operands);
    case "/":
      return quotient(operands);
    case "@":
      return inner(operands);
    default:
      return unknownValue(operands.node, operands.statement);
  }
}

function total({ left, right, node, statement }: Operands, sign: 1 | -1): TrainingValue {
  if (left.kind !== "terms" || right.kind !== "terms") return unknownValue(node, statement);
  const added = sign === 1 ? right : negated(right);
  return added.kind === "terms"
    ? { kind: "terms", terms: [...left.terms, ...added.terms] }
    : unknownValue(node, statement);
}

export function negated(value: TrainingValue): TrainingValue {
  return mapTerms(value, (term) => ({ ...term, sign: term.sign === 1 ? -1 : 1 }));
}

function product(operands: Operands): TrainingValue {
  const { left, right, leftNode, rightNode, node, statement, isSameText } = operands;
  if (left.kind === "weights" && right.kind === "weights") {
    return isSameText && left.map === "identity"
      ? { ...left, map: "square" }
      : unknownValue(node, statement);
  }
  const isLeft = isKnown(left) && !isCoefficientOf(left, right, rightNode);
  const isRight = isKnown(right) && !isCoefficientOf(right, left, leftNode);
  if (isLeft === isRight) return unknownValue(node, statement);
  return isLeft
    ? scaled(left, { by: rightNode, node, statement })
    : scaled(right, { by: leftNode, node, statement });
}

/** Beside a norm that is computed, or an expression of its own, a name such as `reg` is a λ. */
function isCoefficientOf(value: TrainingValue, other: TrainingValue, by: Expression): boolean {
  if (!isNamedOnly(value)) return false;
  return isKnown(other) ? !isNamedOnly(other) : !isScalar(by);
}

function isNamedOnly(value: TrainingValue): boolean {
  return (
    value.kind === "terms" &&
    value.terms.length > 0 &&
    value.terms.every(
      (term) =>
        isPenalty(term) &&
        term.content.norm.source === "named" &&
        (term.node.kind === "name" || term.node.kind === "attribute"),
    )
  );
}

interface Scaling {
  readonly by: Expression;
  readonly node: Expression;
  readonly statement: Statement | undefined;
  readonly isDivision?: boolean;
}

function scaled(value: TrainingValue, scaling: Scaling): TrainingValue {
  const { by, node, statement, isDivision = false } = scaling;
  if (by.kind === "unary" && by.operator === "-" && by.operand.kind !== "number") {
    const positive = scaled(value, { ...scaling, by: by.operand });
    return positive.kind === "terms" ? negated(positive) : unknownValue(node, statement);
  }
  if (value.kind === "weights") {
    // A tensor of the same shape chooses or weighs entries: the result is no norm any more.
    if (!isScalar(by)) return unknownValue(node, statement);
    return isDivision
      ? { ...value, divisors: [...value.divisors, by] }
      : { ...value, factors: [...value.factors, by] };
  }
  const isOnly = value.kind === "terms" && value.terms.length === 1;
  return mapTerms(value, (term) => ({
    ...term,
    factors: isDivision ? term.factors : [...term.factors, by],
    divisors: isDivision ? [...term.divisors, by] : term.divisors,
    written: isOnly && term.statement === statement ? node : term.written,
  }));
}

/** Whether an expression is one number by its form and names. */
export function isScalar(node: Expression): boolean {
  switch (node.kind) {
    case "number":
      return true;
    case "name":
    case "attribute":
      return isCoefficientName(lastName(node) ?? "");
    case "unary":
      return isScalar(node.operand);
    case "binary":
      return node.operator !== "@" && isScalar(node.left) && isScalar(node.right);
    default:
      return false;
  }
}

function quotient({ left, right, rightNode, node, statement }: Operands): TrainingValue {
  if (!isKnown(left) || isKnown(right)) return unknownValue(node, statement);
  return scaled(left, { by: rightNode, node, statement, isDivision: true });
}

/** `w @ w`, `w.T @ w`. */
function inner({ left, right, node, statement }: Operands): TrainingValue {
  const isSquare =
    left.kind === "weights" &&
    right.kind === "weights" &&
    left.map === "identity" &&
    right.map === "identity" &&
    isSameVector(left, right);
  return isSquare ? normOf(left, "l2squared", { node, statement }) : unknownValue(node, statement);
}

/** True for one vector twice; the product of a matrix with itself is no norm. */
export function isSameVector(a: WeightsValue, b: WeightsValue): boolean {
  const [one, ...more] = a.weights;
  const [other, ...others] = b.weights;
  if (one === undefined || other === undefined || more.length + others.length > 0) return false;
  const names = (node: Expression) =>
    [...expressionsIn(node)].map((part) => lastName(part) ?? part.kind).join(" ");
  const id = lastName(one.node.kind === "subscript" ? one.node.value : one.node) ?? "";
  const isVector = one.evidence === "name" && /^[a-z_]/.test(id);
  return isVector && names(one.node) === names(other.node);
}
