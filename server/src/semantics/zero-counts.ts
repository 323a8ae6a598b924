import type { Span } from "../../../core/protocol/span.ts";
import type { CallExpression, CompareExpression, Expression } from "../syntax/python/ast.ts";
import { lastName, programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** An expression that counts the entries of an array which are exactly zero, or are not. */
export interface ZeroCount {
  readonly array: Expression;
  /** The comparison with zero, else the whole call. */
  readonly span: Span;
  /** `undefined` for `count_nonzero`. */
  readonly comparison: { readonly span: Span; readonly operator: "==" | "!=" } | undefined;
  /** True where methods of the result say that it is an array with methods, as tensors are. */
  readonly isTensor: boolean;
}

const COUNTS = new Set(["sum", "mean", "count_nonzero"]);
const CASTS = new Set(["float", "int", "double", "long", "astype", "to", "type", "cpu"]);

/** `(w == 0).float().mean()`, `np.sum(w == 0)`, `np.count_nonzero(w)`, in source order. */
export function zeroCounts(program: PythonProgram): readonly ZeroCount[] {
  const counts = programIndex(program).calls.flatMap(({ call, name }) =>
    name !== undefined && COUNTS.has(name) ? (countOf(call, name) ?? []) : [],
  );
  const seen = new Set<number>();
  return counts.filter(({ span }) => !seen.has(span.start) && seen.add(span.start));
}

function countOf(call: CallExpression, name: string): ZeroCount | undefined {
  const { callee } = call;
  const [first] = call.arguments;
  const receiver = callee.kind === "attribute" ? callee.value : undefined;
  const isMethod = receiver !== undefined && first === undefined;
  const counted = isMethod ? withoutCasts(receiver) : first && withoutCasts(first.value);
  if (counted === undefined) return undefined;
  if (counted.kind !== "compare") {
    const isWeights = name === "count_nonzero" && first !== undefined;
    return isWeights
      ? { array: counted, span: call.span, comparison: undefined, isTensor: false }
      : undefined;
  }
  return ofComparison(counted, isMethod);
}

function ofComparison(compared: CompareExpression, isTensor: boolean): ZeroCount | undefined {
  const [only, ...others] = compared.comparisons;
  if (only === undefined || others.length > 0) return undefined;
  const { operator, right } = only;
  const isZero = right.kind === "number" && right.value === 0;
  if (!isZero || (operator !== "==" && operator !== "!=")) return undefined;
  const { span } = compared;
  return { array: compared.left, span, comparison: { span, operator }, isTensor };
}

function withoutCasts(node: Expression): Expression {
  let inner = node;
  while (inner.kind === "call" && inner.callee.kind === "attribute") {
    if (!CASTS.has(lastName(inner.callee) ?? "")) return inner;
    inner = inner.callee.value;
  }
  return inner;
}
