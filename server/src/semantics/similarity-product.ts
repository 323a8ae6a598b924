import type { CallExpression, Expression } from "../syntax/python/ast.ts";
import { lastName, programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** Inner products of every row of one array with every row of another. */
export interface SimilarityProduct {
  readonly node: Expression;
  /** The arrays, one row an item, without the transposition of the second. */
  readonly left: Expression;
  readonly right: Expression;
  /** Whether the function itself divides by the norms. */
  readonly isCosine: boolean;
}

const PRODUCTS = new Set(["matmul", "mm", "dot"]);
const COSINES = new Set([
  "cosine_similarity",
  "cos_sim",
  "pytorch_cos_sim",
  "pairwise_cosine_similarity",
]);

/** False for programs without any product that {@link similarityProduct} knows. */
export function mayHaveProducts(program: PythonProgram): boolean {
  const { calls, operators } = programIndex(program);
  return operators.has("@") || calls.some(({ name }) => isProduct(name ?? ""));
}

const isProduct = (name: string): boolean =>
  PRODUCTS.has(name) || COSINES.has(name) || name === "einsum";

/** `a @ b.T` in any of its spellings; `undefined` for other expressions. */
export function similarityProduct(
  node: Expression,
  program: PythonProgram,
): SimilarityProduct | undefined {
  if (node.kind === "binary" && node.operator === "@") return rows(node, node.left, node.right);
  if (node.kind !== "call") return undefined;
  const name = lastName(node.callee) ?? "";
  if (!isProduct(name)) return undefined;
  const values = operandsOf(node, program);
  const [left, right] = values;
  if (left === undefined || right === undefined) return undefined;
  if (PRODUCTS.has(name)) return rows(node, left, right);
  if (COSINES.has(name)) return { node, left, right, isCosine: true };
  return name === "einsum" ? einsumProduct(node, program) : undefined;
}

function operandsOf(call: CallExpression, program: PythonProgram): readonly Expression[] {
  const values = call.arguments
    .filter(({ name, splat }) => name === undefined && splat === "none")
    .map(({ value }) => value);
  const isMethod =
    call.callee.kind === "attribute" && program.qualifiedName(call.callee) === undefined;
  return isMethod && call.callee.kind === "attribute" ? [call.callee.value, ...values] : values;
}

function rows(
  node: Expression,
  left: Expression,
  second: Expression,
): SimilarityProduct | undefined {
  const right = transposedOperand(second);
  return right && { node, left, right, isCosine: false };
}

const TRANSPOSES = new Set(["t", "transpose", "permute", "swapaxes", "matrix_transpose"]);

/** `b` of `b.T`, `b.t()`, `b.transpose(0, 1)` and `torch.transpose(b, 0, 1)`. */
export function transposedOperand(node: Expression): Expression | undefined {
  if (node.kind === "attribute") {
    return ["T", "mT", "H", "mH"].includes(node.attribute) ? node.value : undefined;
  }
  if (node.kind !== "call" || node.callee.kind !== "attribute") return undefined;
  if (!TRANSPOSES.has(node.callee.attribute)) return undefined;
  const [first] = node.arguments;
  const isFunction =
    first !== undefined && first.value.kind !== "number" && first.value.kind !== "unary";
  return isFunction ? first.value : node.callee.value;
}

const LETTERS = /^\s*(\w)\s*(\w)\s*,\s*(\w)\s*(\w)\s*->\s*(\w)\s*(\w)\s*$/;

/** `einsum("nc,mc->nm", a, b)`. */
function einsumProduct(
  call: CallExpression,
  program: PythonProgram,
): SimilarityProduct | undefined {
  const values = operandsOf(call, program).flatMap((value) =>
    value.kind === "list" || value.kind === "tuple" ? value.elements : [value],
  );
  const formula = values.find((value) => value.kind === "string");
  const [left, right, ...others] = values.filter((value) => value.kind !== "string");
  const match = LETTERS.exec(formula?.kind === "string" ? (formula.value ?? "") : "");
  if (match === null || left === undefined || right === undefined || others.length > 0) {
    return undefined;
  }
  const [, a, inner, b, second, first, last] = match;
  const isRows = inner === second && a === first && b === last && a !== b;
  return isRows ? { node: call, left, right, isCosine: false } : undefined;
}
