/**
 * What the functions and methods of NumPy, PyTorch, JAX and TensorFlow mean as expressions.
 *
 * One table serves both forms: a method's receiver is its first argument.
 */
import { einsum } from "./einsum.ts";
import {
  type BinaryOperator,
  binaryIr,
  type Ir,
  normIr,
  numberIr,
  type Reduction,
  reduceIr,
  sizeIr,
  squaredNormIr,
  type UnaryOperator,
  unaryIr,
} from "./ir.ts";
import { type LoweredCall, literalInteger, type Meaning } from "./lowered-call.ts";
import { MODEL_FUNCTIONS } from "./model-functions.ts";

const hasOnly = ({ keywords }: LoweredCall, ...names: readonly string[]): boolean =>
  [...keywords.keys()].every((name) => names.includes(name));

const unary =
  (operator: UnaryOperator): Meaning =>
  (call) => {
    const [operand] = call.arguments;
    return operand === undefined || call.arguments.length > 1 || !hasOnly(call)
      ? undefined
      : unaryIr(operator, operand, call.origin);
  };

const binary =
  (operator: BinaryOperator): Meaning =>
  (call) => {
    const [left, right] = call.arguments;
    return left === undefined || right === undefined || call.keywords.size > 0
      ? undefined
      : binaryIr(operator, left, right, call.origin);
  };

const identity: Meaning = ({ arguments: [operand], origin }) =>
  operand === undefined ? undefined : { ...operand, origin };

const reduction =
  (operation: Reduction): Meaning =>
  (call) => {
    const [operand, positional, ...rest] = call.arguments;
    const axisArgument = positional ?? call.keywords.get("axis") ?? call.keywords.get("dim");
    const axis = literalInteger(axisArgument);
    const keeps = call.keywords.get("keepdims") ?? call.keywords.get("keepdim");
    if (operand === undefined || rest.length > 0) return undefined;
    if (axisArgument !== undefined && axis === undefined) return undefined;
    if (!hasOnly(call, "axis", "dim", "keepdims", "keepdim")) return undefined;
    const keepsAxis = keeps?.kind === "number" && keeps.value === 1;
    return reduceIr(operation, operand, { axis, keepsAxis }, call.origin);
  };

const square: Meaning = (call) => {
  const [operand] = call.arguments;
  return operand === undefined ? undefined : binaryIr("**", operand, numberIr(2), call.origin);
};

const maximum =
  (operator: "maximum" | "minimum", operation: "max" | "min"): Meaning =>
  (call) =>
    call.arguments.length === 2 && literalInteger(call.arguments[1]) === undefined
      ? binary(operator)(call)
      : reduction(operation)(call);

const flatDot: Meaning = (call) => {
  const [left, right] = call.arguments;
  if (left === undefined || right === undefined) return undefined;
  return binaryIr("dot", unaryIr("flatten", left), unaryIr("flatten", right), call.origin);
};

const clip: Meaning = ({ arguments: [operand, second, third], keywords, origin }) => {
  const low = second ?? keywords.get("min") ?? keywords.get("a_min");
  const high = third ?? keywords.get("max") ?? keywords.get("a_max");
  if (operand === undefined || (low === undefined && high === undefined)) return undefined;
  const raised = low === undefined ? operand : binaryIr("maximum", operand, low, origin);
  return high === undefined ? raised : binaryIr("minimum", raised, high, origin);
};

const reshape: Meaning = ({ arguments: [operand, rows, columns, ...rest], origin }) => {
  if (operand === undefined || literalInteger(rows) !== -1 || rest.length > 0) return undefined;
  if (columns === undefined) return unaryIr("flatten", operand, origin);
  return literalInteger(columns) === 1 ? unaryIr("column", operand, origin) : undefined;
};

const length: Meaning = ({ arguments: [operand, axis], origin }) => {
  if (operand === undefined) return undefined;
  const index = axis === undefined ? 0 : literalInteger(axis);
  return index === undefined ? undefined : sizeIr(operand, index, origin);
};

const count: Meaning = ({ arguments: [operand], origin }) =>
  operand === undefined ? undefined : sizeIr(operand, undefined, origin);

function orderOf(call: LoweredCall): "default" | 1 | 2 | "infinity" | undefined {
  const order = call.arguments[1] ?? call.keywords.get("ord") ?? call.keywords.get("p");
  if (call.arguments.length > 2 || !hasOnly(call, "ord", "p")) return undefined;
  if (order === undefined) return "default";
  if (order.kind !== "number") return undefined;
  if (order.value === 1 || order.value === 2) return order.value;
  return order.value === Number.POSITIVE_INFINITY ? "infinity" : undefined;
}

/** ‖x‖ over all entries, whatever the rank: what PyTorch's `norm` means. */
const entrywiseNorm: Meaning = (call) => {
  const [operand] = call.arguments;
  if (operand === undefined) return undefined;
  switch (orderOf(call)) {
    case "default":
    case 2:
      return unaryIr("sqrt", squaredNormIr(operand), call.origin);
    case 1:
      return reduceIr("sum", unaryIr("abs", operand), {}, call.origin);
    case "infinity":
      return reduceIr("max", unaryIr("abs", operand), {}, call.origin);
    default:
      return undefined;
  }
};

/** NumPy's: with a stated order it is an operator norm on matrices, which is not lowered. */
const linearAlgebraNorm: Meaning = (call) => {
  const [operand] = call.arguments;
  const order = orderOf(call);
  if (operand === undefined || order === undefined) return undefined;
  return order === "default" ? entrywiseNorm(call) : normIr(order, operand, call.origin);
};

const MEANINGS: Readonly<Record<string, Meaning>> = {
  ...MODEL_FUNCTIONS,
  abs: unary("abs"),
  absolute: unary("abs"),
  fabs: unary("abs"),
  neg: unary("negate"),
  negative: unary("negate"),
  sign: unary("sign"),
  sgn: unary("sign"),
  exp: unary("exp"),
  log: unary("log"),
  sqrt: unary("sqrt"),
  t: unary("transpose"),
  transpose: unary("transpose"),
  ravel: unary("flatten"),
  flatten: unary("flatten"),
  squeeze: unary("squeeze"),
  square: square,
  add: binary("+"),
  sub: binary("-"),
  subtract: binary("-"),
  mul: binary("*"),
  multiply: binary("*"),
  div: binary("/"),
  divide: binary("/"),
  true_divide: binary("/"),
  pow: binary("**"),
  power: binary("**"),
  matmul: binary("@"),
  mm: binary("@"),
  mv: binary("@"),
  dot: binary("dot"),
  inner: binary("dot"),
  vdot: flatDot,
  einsum: einsum,
  maximum: binary("maximum"),
  minimum: binary("minimum"),
  max: maximum("maximum", "max"),
  min: maximum("minimum", "min"),
  amax: reduction("max"),
  amin: reduction("min"),
  reduce_max: reduction("max"),
  sum: reduction("sum"),
  reduce_sum: reduction("sum"),
  mean: reduction("mean"),
  average: reduction("mean"),
  reduce_mean: reduction("mean"),
  norm: entrywiseNorm,
  "linalg.norm": linearAlgebraNorm,
  "linalg.vector_norm": entrywiseNorm,
  "linalg.matvec": binary("@"),
  clip: clip,
  clamp: clip,
  reshape: reshape,
  view: reshape,
  len: length,
  size: length,
  numel: count,
  array: identity,
  asarray: identity,
  tensor: identity,
  as_tensor: identity,
  copy: identity,
  clone: identity,
  detach: identity,
  item: identity,
  float: identity,
  double: identity,
  numpy: identity,
  cpu: identity,
  cuda: identity,
  to: identity,
  astype: identity,
  requires_grad_: identity,
};

/** Value of a library's function or method by its name below the library; `undefined` when unknown. */
export function libraryValue(name: string, call: LoweredCall): Ir | undefined {
  return Object.hasOwn(MEANINGS, name) ? MEANINGS[name]?.(call) : undefined;
}

const LIBRARIES =
  /^(?:numpy|cupy|jax\.numpy|autograd\.numpy|torch(?:\.nn\.functional)?|jax\.nn|tensorflow(?:\.math|\.nn)?|math|scipy\.special|sklearn\.metrics|builtins)\.(.+)$/;

/** Name below the library, for example `linalg.norm`; `undefined` for other modules. */
export function libraryName(qualifiedName: string): string | undefined {
  return LIBRARIES.exec(qualifiedName)?.[1];
}

/** Names whose call gives one number when it is given no axis, and the same for the same array. */
const STATISTICS: ReadonlySet<string> = new Set([
  "std",
  "var",
  "median",
  "quantile",
  "percentile",
  "nanmax",
  "nanmean",
  "nanstd",
  "kthvalue",
]);

/** Whether a call of a function or method of this name may mean anything here. */
export const hasMeaning = (name: string): boolean =>
  Object.hasOwn(MEANINGS, name) || STATISTICS.has(name);

/** Whether the call is a summary of its first argument: one number, and always the same. */
export function isStatistic(name: string, { keywords }: LoweredCall): boolean {
  return STATISTICS.has(name) && !keywords.has("axis") && !keywords.has("dim");
}
