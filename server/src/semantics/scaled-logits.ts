import type { Span } from "../../../core/protocol/span.ts";
import type { BinaryExpression, Expression } from "../syntax/python/ast.ts";
import { numberOf } from "./call-arguments.ts";
import { lastName } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import {
  type SimilarityProduct,
  similarityProduct,
  transposedOperand,
} from "./similarity-product.ts";

/** A scalar that scales similarities. */
export interface LogitScale {
  /** The factor as it stands in the product. */
  readonly node: Expression;
  readonly operator: "*" | "/";
  readonly operatorSpan: Span;
  /** What it is without `exp`, casts and names in between: `self.logit_scale`. */
  readonly base: Expression;
  readonly isExponential: boolean;
  /** Its number, as far as the document tells it. */
  readonly value: number | undefined;
  /** Whether it is kept within bounds on its way. */
  readonly isBounded: boolean;
}

/** Logits, taken apart. */
export interface ScaledLogits {
  readonly product: SimilarityProduct | undefined;
  /** What is scaled, where it is no product in sight. */
  readonly core: Expression;
  readonly scales: readonly LogitScale[];
  readonly isTransposed: boolean;
}

const MOST_STEPS = 8;
const SAME = new Set([
  "float",
  "double",
  "half",
  "to",
  "cuda",
  "cpu",
  "type",
  "contiguous",
  "squeeze",
  "view",
  "reshape",
  "mean",
  "item",
  "expand",
  "astype",
]);
const BOUNDS = new Set(["clamp", "clamp_", "clip", "clip_", "minimum", "maximum", "min", "max"]);

/** Takes an expression apart into a product of features and the scalars around it. */
export function scaledLogits(
  node: Expression,
  program: PythonProgram,
  steps = MOST_STEPS,
): ScaledLogits {
  const plain: ScaledLogits = { product: undefined, core: node, scales: [], isTransposed: false };
  if (steps === 0) return plain;
  const next = (inner: Expression) => scaledLogits(inner, program, steps - 1);
  const product = similarityProduct(node, program);
  if (product !== undefined) return withOperandScales(product, node, program);
  const turned = transposedOperand(node);
  if (turned !== undefined) {
    const inner = next(turned);
    return { ...inner, isTransposed: !inner.isTransposed };
  }
  if (node.kind === "name") {
    const definition = program.definition(node);
    return definition?.kind === "assigned" ? next(definition.value) : plain;
  }
  if (node.kind === "call") {
    const inner = throughCall(node);
    return inner === undefined ? plain : next(inner);
  }
  return node.kind === "binary" && (node.operator === "*" || node.operator === "/")
    ? ofScaling(node, node.operator, program, next)
    : plain;
}

function ofScaling(
  node: BinaryExpression,
  operator: "*" | "/",
  program: PythonProgram,
  next: (inner: Expression) => ScaledLogits,
): ScaledLogits {
  const left = next(node.left);
  const right = operator === "*" ? next(node.right) : undefined;
  const isRight = right?.product !== undefined && left.product === undefined;
  const inner = isRight ? right : left;
  const scale = scaleOf(isRight ? node.left : node.right, program);
  const { operatorSpan } = node;
  return { ...inner, scales: [...inner.scales, { ...scale, operator, operatorSpan }] };
}

/** `(s * a) @ b.T`: a scalar that was multiplied into the features first. */
function withOperandScales(
  product: SimilarityProduct,
  core: Expression,
  program: PythonProgram,
): ScaledLogits {
  const scales: LogitScale[] = [];
  const bare = (operand: Expression): Expression => {
    if (operand.kind !== "binary") return operand;
    const { operator, operatorSpan, left, right } = operand;
    if (operator !== "*" && operator !== "/") return operand;
    // Features over their norms are features, and no scale.
    const [scale, rest] = operator === "*" && looksScalar(left) ? [left, right] : [right, left];
    if (!looksScalar(scale)) return operand;
    scales.push({ ...scaleOf(scale, program), operator, operatorSpan });
    return bare(rest);
  };
  const left = bare(product.left);
  const right = bare(product.right);
  return { product: { ...product, left, right }, core, scales, isTransposed: false };
}

/** A number, or a name or attribute that is called a scale or a temperature, `exp` of it included. */
function looksScalar(node: Expression): boolean {
  if (node.kind === "number") return true;
  if (node.kind === "call") {
    const inner =
      node.arguments[0]?.value ?? (node.callee.kind === "attribute" ? node.callee.value : node);
    return inner !== node && lastName(node.callee) !== "norm" && looksScalar(inner);
  }
  return /scale|temp|tau|(?:^|_)s$|inv_?t|logit/i.test(lastName(node) ?? "");
}

function throughCall(node: Extract<Expression, { kind: "call" }>): Expression | undefined {
  const { callee } = node;
  if (callee.kind !== "attribute") return undefined;
  const [first] = node.arguments;
  if (callee.attribute === "mul" || callee.attribute === "div") return undefined;
  return SAME.has(callee.attribute) && first?.value.kind !== "name" ? callee.value : undefined;
}

type Scalar = Omit<LogitScale, "operator" | "operatorSpan">;

function scaleOf(node: Expression, program: PythonProgram): Scalar {
  let base = node;
  let isExponential = false;
  let isBounded = false;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const inner = innerScalar(base, program);
    if (inner === undefined) break;
    isExponential ||= inner.operation === "exp";
    isBounded ||= inner.operation === "bound";
    base = inner.value;
  }
  const number = numberOf(node, program);
  const value = number.kind === "unknown" ? undefined : number.value;
  return { node, base, isExponential, isBounded, value };
}

function innerScalar(
  node: Expression,
  program: PythonProgram,
): { readonly value: Expression; readonly operation: "exp" | "bound" | "same" } | undefined {
  if (node.kind === "name") {
    const definition = program.definition(node);
    const value = definition?.kind === "assigned" ? definition.value : undefined;
    return value && value.kind !== "number" ? { value, operation: "same" } : undefined;
  }
  if (node.kind !== "call") return undefined;
  const name = lastName(node.callee) ?? "";
  const isMethod =
    node.callee.kind === "attribute" && program.qualifiedName(node.callee) === undefined;
  const value =
    isMethod && node.callee.kind === "attribute" ? node.callee.value : node.arguments[0]?.value;
  if (value === undefined) return undefined;
  if (name === "exp") return { value, operation: "exp" };
  if (BOUNDS.has(name)) return { value, operation: "bound" };
  return SAME.has(name) ? { value, operation: "same" } : undefined;
}
