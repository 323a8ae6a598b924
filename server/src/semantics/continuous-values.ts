import type { Span } from "../../../core/protocol/span.ts";
import type { CallExpression, Expression, NameExpression } from "../syntax/python/ast.ts";
import { estimatorOf } from "./estimator-of.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** Why an expression is known to hold real numbers rather than labels. */
export interface ContinuousOrigin {
  /** "the output of `PCA`" */
  readonly what: string;
  readonly span: Span;
}

const MAX_STEPS = 12;

const DRAWN =
  /^numpy\.random\.(?:rand|randn|random|random_sample|ranf|sample|normal|uniform|standard_normal|exponential|gamma|beta|laplace|lognormal)$|^torch\.(?:rand|randn)$/;
const DRAWS = new Set([
  "normal",
  "uniform",
  "standard_normal",
  "random",
  "exponential",
  "gamma",
  "laplace",
]);
const REGRESSION_DATA =
  /^sklearn\.datasets\.(?:make_regression|make_friedman[123]|make_sparse_uncorrelated|load_diabetes|fetch_california_housing|load_boston)$/;
/** Functions whose result is continuous when their argument is. */
const SMOOTH =
  /^(?:numpy|torch|jax\.numpy)\.(?:sin|cos|tan|exp|log|log1p|sqrt|tanh|abs|square|dot|matmul|ravel|squeeze|reshape|concatenate|asarray|array)$/;
/** Methods that rearrange values without changing what they are. */
const REARRANGING = new Set([
  "ravel",
  "flatten",
  "reshape",
  "squeeze",
  "copy",
  "to_numpy",
  "transpose",
  "dot",
]);
const ARITHMETIC = new Set(["+", "-", "*", "/", "@", "**"]);

/** The reason why the values are continuous, as far as the document tells; unknown is `undefined`. */
export function continuousOrigin(
  node: Expression,
  program: PythonProgram,
  steps = MAX_STEPS,
): ContinuousOrigin | undefined {
  if (steps === 0) return undefined;
  const next = (value: Expression) => continuousOrigin(value, program, steps - 1);
  switch (node.kind) {
    case "name":
      return originOfName(node, program, next);
    case "binary":
      return ARITHMETIC.has(node.operator) ? (next(node.left) ?? next(node.right)) : undefined;
    case "unary":
      return node.operator === "not" ? undefined : next(node.operand);
    case "attribute":
      return originOfAttribute(node, program, next);
    case "subscript":
      return originOfPart(node, program, next);
    case "call":
      return originOfCall(node, program, next);
    default:
      return undefined;
  }
}

type Next = (value: Expression) => ContinuousOrigin | undefined;

function originOfName(node: NameExpression, program: PythonProgram, next: Next) {
  // `y[y > 0] = 1` may have turned the values into labels.
  if (isChangedInPlace(node.id, program)) return undefined;
  const definition = program.definition(node);
  if (definition?.kind === "assigned") return next(definition.value);
  if (definition?.kind !== "unpacked" || definition.value.kind !== "call") return undefined;
  const { value: call, index } = definition;
  const name = program.qualifiedName(call.callee) ?? "";
  if (name === "sklearn.model_selection.train_test_split") {
    const source = call.arguments.filter((argument) => argument.name === undefined)[
      Math.floor(index / 2)
    ];
    return source === undefined ? undefined : next(source.value);
  }
  return index === 1 && REGRESSION_DATA.test(name) ? originOf(name, call) : undefined;
}

function originOf(qualifiedName: string, { span }: Expression): ContinuousOrigin {
  const name = qualifiedName.slice(qualifiedName.lastIndexOf(".") + 1);
  const what = REGRESSION_DATA.test(qualifiedName)
    ? `the target of \`${name}\``
    : `drawn by \`${name}\``;
  return { what, span };
}

function isChangedInPlace(id: string, program: PythonProgram): boolean {
  return programIndex(program).statements.some(({ statement }) => {
    if (statement.kind !== "assign") return false;
    return statement.targets.some(
      (target) =>
        target.kind === "subscript" && target.value.kind === "name" && target.value.id === id,
    );
  });
}

function originOfAttribute(
  node: Extract<Expression, { kind: "attribute" }>,
  program: PythonProgram,
  next: Next,
) {
  if (node.attribute === "target") return bunchTarget(node.value, program);
  return node.attribute === "T" || node.attribute === "values" ? next(node.value) : undefined;
}

/** `.target` of what `load_diabetes()` and its kin give. */
function bunchTarget(node: Expression, program: PythonProgram): ContinuousOrigin | undefined {
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  const call = definition?.kind === "assigned" ? definition.value : node;
  const name = call.kind === "call" ? program.qualifiedName(call.callee) : undefined;
  return name !== undefined && REGRESSION_DATA.test(name) ? originOf(name, call) : undefined;
}

function originOfPart(
  node: Extract<Expression, { kind: "subscript" }>,
  program: PythonProgram,
  next: Next,
) {
  const [index] = node.indices;
  if (index?.kind === "string") {
    return index.value === "target" ? bunchTarget(node.value, program) : undefined;
  }
  const source = node.value;
  const name = source.kind === "call" ? (program.qualifiedName(source.callee) ?? "") : "";
  if (REGRESSION_DATA.test(name)) {
    return index?.kind === "number" && index.value === 1 ? originOf(name, source) : undefined;
  }
  return next(source);
}

function originOfCall(call: CallExpression, program: PythonProgram, next: Next) {
  const name = program.qualifiedName(call.callee);
  if (name !== undefined) return originOfFunction(name, call, next);
  if (call.callee.kind !== "attribute") return undefined;
  const { attribute, value } = call.callee;
  if (REARRANGING.has(attribute)) return next(value);
  if (attribute === "astype") return isFloat(call) ? next(value) : undefined;
  if (attribute === "fit_transform" || attribute === "transform") {
    return outputOf(value, call, program);
  }
  return DRAWS.has(attribute) && isGenerator(value, program)
    ? originOf(attribute, call)
    : undefined;
}

function originOfFunction(name: string, call: CallExpression, next: Next) {
  if (DRAWN.test(name)) return originOf(name, call);
  const [first, second] = call.arguments;
  if (!SMOOTH.test(name) || first === undefined) return undefined;
  const isProduct = /\.(?:dot|matmul)$/.test(name);
  return next(first.value) ?? (isProduct && second !== undefined ? next(second.value) : undefined);
}

const isFloat = ({ arguments: [type] }: CallExpression) =>
  type !== undefined &&
  ((type.value.kind === "name" && type.value.id === "float") ||
    (type.value.kind === "attribute" && /^float\d*$/.test(type.value.attribute)) ||
    (type.value.kind === "string" && /^float\d*$/.test(type.value.value ?? "")));

/** What a decomposition or a scaler gives out. */
function outputOf(receiver: Expression, call: CallExpression, program: PythonProgram) {
  const estimator = estimatorOf(receiver, program);
  const isReal =
    estimator !== undefined &&
    /^sklearn\.(?:decomposition|manifold)\.|\.(?:Standard|MinMax|MaxAbs|Robust)Scaler$/.test(
      estimator.qualifiedName,
    );
  return isReal ? { what: `the output of \`${estimator.name}\``, span: call.span } : undefined;
}

/** `np.random.default_rng()` or `np.random.RandomState()`, or a name for one. */
function isGenerator(node: Expression, program: PythonProgram): boolean {
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  const call = definition?.kind === "assigned" ? definition.value : node;
  const name = call.kind === "call" ? program.qualifiedName(call.callee) : undefined;
  return /^numpy\.random\.(?:default_rng|RandomState)$/.test(name ?? "");
}
