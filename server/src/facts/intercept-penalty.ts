import type { Span } from "../../../core/protocol/span.ts";
import { sumOf } from "../math/addends.ts";
import { evaluate } from "../math/evaluate.ts";
import { gradientProblem } from "../math/gradient-problem.ts";
import { mayHoldLinearGradient } from "../math/gradient-signs.ts";
import { samplePoints } from "../math/judge-gradient.ts";
import { type OnesSide, onesColumnOf } from "../semantics/ones-column.ts";
import { type CallSite, lastName, programIndex } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import { byText } from "../syntax/by-text.ts";
import type { CodeText } from "../syntax/code-text.ts";
import type {
  BinaryExpression,
  CallExpression,
  Expression,
  Statement,
} from "../syntax/python/ast.ts";
import { statementsIn } from "../syntax/python/walk.ts";
import type { Extractor } from "./extractor.ts";
import { type HandGradientFact, handGradientFacts } from "./hand-gradient.ts";

/** A penalty on all weights where one of them is that of a column of ones. */
export interface InterceptPenaltyFact {
  readonly kind: "interceptPenalty";
  readonly span: Span;
  /** Call of `eye` that penalises every weight; `undefined` in a gradient. */
  readonly identity: CallExpression | undefined;
  /** Where the ones stand; `undefined` where only `eye(d + 1)` tells of them. */
  readonly side: OnesSide | undefined;
  /** The weights, where they have a name. */
  readonly weights: string | undefined;
}

const ONES = /\bones\b|insert|add_constant|add_dummy/;
const SOLVING = /\b(?:solve|inv|pinv|lstsq|cho_solve|cholesky)\b/;
/** The product of something transposed, which the equation of a linear model begins with. */
const GRAM = /\.m?T\b|\.t\(|transpose\(/;
const IDENTITY = /\beye\b|\bidentity\b/;
const PREFILTER = /\bones\b|insert|add_constant|add_dummy|\beye\b|identity/;

/** Whether code may solve for weights with an intercept, or compute their gradient. */
export function mayPenaliseIntercept(code: CodeText): boolean {
  if (!code.parts.some((part) => mayHaveOnes(part, code))) return false;
  const { text } = code;
  const isSolved = SOLVING.test(text) && GRAM.test(text) && IDENTITY.test(text);
  return isSolved || (ONES.test(text) && mayHoldLinearGradient(code));
}

const mayHaveOnes = byText((text) => PREFILTER.test(text));

export const interceptPenaltyFacts: Extractor<InterceptPenaltyFact> = {
  kind: "interceptPenalty",
  languages: ["python"],
  extract(syntax, document) {
    if (syntax.language !== "python" || !PREFILTER.test(document.text)) return [];
    const { program } = syntax;
    const equations = programIndex(program).calls.flatMap((site) => inEquation(site, program));
    if (!ONES.test(document.text)) return equations;
    const gradients = handGradientFacts.extract(syntax, document);
    return [...equations, ...gradients.flatMap((fact) => inGradient(fact, program))];
  },
};

const SOLVERS = new Set(["solve", "inv", "pinv", "lstsq", "cho_solve", "cholesky"]);
const IDENTITIES = new Set(["eye", "identity"]);

/** `solve(X.T @ X + lam * eye(d + 1), …)`, `inv(X.T @ X + A)`. */
function inEquation(
  { call, name, within, statement }: CallSite,
  program: PythonProgram,
): readonly InterceptPenaltyFact[] {
  const matrix = SOLVERS.has(name ?? "") ? call.arguments[0]?.value : undefined;
  const sum = matrix && follow(matrix, program);
  if (sum?.kind !== "binary" || sum.operator !== "+") return [];
  const features = featuresOf(sum.left, program) ?? featuresOf(sum.right, program);
  if (features === undefined) return [];
  const isGram = featuresOf(sum.left, program) !== undefined;
  const penalty = isGram ? sum.right : sum.left;
  const identity = identityIn(penalty, program);
  const block = within.findLast(({ kind }) => kind === "function")?.body ?? program.module.body;
  if (identity === undefined || isChanged(identity.names, block)) return [];
  const { text, errors } = program.module;
  if (errors.some(({ start, end }) => start <= statement.span.end && end >= statement.span.start)) {
    return [];
  }
  const path = text.slice(features.span.start, features.span.end);
  const side = onesColumnOf(path, block, program);
  if (side === undefined && !isOneMore(identity.call)) return [];
  return [
    {
      kind: "interceptPenalty",
      span: identity.names.length === 0 ? penalty.span : identity.call.span,
      identity: identity.call,
      side,
      weights: undefined,
    },
  ];
}

function follow(expression: Expression, program: PythonProgram): Expression {
  const definition = expression.kind === "name" ? program.definition(expression) : undefined;
  return definition?.kind === "assigned" ? definition.value : expression;
}

/** X of `X.T @ X`, `X.T.dot(X)` and `np.dot(X.T, X)`, also under a name. */
function featuresOf(expression: Expression, program: PythonProgram): Expression | undefined {
  const gram = follow(expression, program);
  const { text } = program.module;
  const [left, right] = operandsOf(gram, program);
  if (left === undefined || right === undefined) return undefined;
  const inner = transposedOperand(left);
  const isSame =
    inner !== undefined &&
    text.slice(inner.span.start, inner.span.end) === text.slice(right.span.start, right.span.end);
  return isSame ? right : undefined;
}

const PRODUCTS = new Set(["dot", "matmul", "mm"]);

function operandsOf(product: Expression, program: PythonProgram): readonly Expression[] {
  if (product.kind === "binary" && product.operator === "@") return [product.left, product.right];
  if (product.kind !== "call" || !PRODUCTS.has(lastName(product.callee) ?? "")) return [];
  const values = product.arguments.map(({ value }) => value);
  const isFunction = program.qualifiedName(product.callee) !== undefined;
  return isFunction || product.callee.kind !== "attribute"
    ? values
    : [product.callee.value, ...values];
}

function transposedOperand(expression: Expression): Expression | undefined {
  if (expression.kind === "attribute") {
    return ["T", "mT"].includes(expression.attribute) ? expression.value : undefined;
  }
  if (expression.kind !== "call" || expression.callee.kind !== "attribute") return undefined;
  const { callee } = expression;
  if (callee.attribute === "t" || callee.attribute === "transpose") {
    return expression.arguments[0]?.value ?? callee.value;
  }
  return undefined;
}

interface Identity {
  readonly call: CallExpression;
  /** Names under which the matrix can be changed. */
  readonly names: readonly string[];
}

/** The identity matrix of `lam * eye(n)`, names followed. */
function identityIn(penalty: Expression, program: PythonProgram, depth = 4): Identity | undefined {
  if (depth === 0) return undefined;
  switch (penalty.kind) {
    case "binary": {
      if (penalty.operator !== "*" && penalty.operator !== "/") return undefined;
      const { left, right } = penalty;
      return identityIn(left, program, depth - 1) ?? identityIn(right, program, depth - 1);
    }
    case "name": {
      const value = follow(penalty, program);
      const found = value === penalty ? undefined : identityIn(value, program, depth - 1);
      return found && { ...found, names: [penalty.id, ...found.names] };
    }
    case "call":
      return IDENTITIES.has(lastName(penalty.callee) ?? "")
        ? { call: penalty, names: [] }
        : undefined;
    default:
      return undefined;
  }
}

/** Whether a statement changes an entry of one of the names, as `I[0, 0] = 0` does. */
function isChanged(names: readonly string[], block: readonly Statement[]): boolean {
  return [...statementsIn(block)].some((statement) => {
    const targets =
      statement.kind === "assign"
        ? statement.targets
        : statement.kind === "augmented"
          ? [statement.target]
          : [];
    return targets.some(
      (target) =>
        target.kind === "subscript" &&
        target.value.kind === "name" &&
        names.includes(target.value.id),
    );
  });
}

/** `eye(d + 1)`. */
function isOneMore({ arguments: [size] }: CallExpression): boolean {
  const isSum = (value: Expression | undefined): value is BinaryExpression =>
    value?.kind === "binary" && value.operator === "+";
  const value = size?.value;
  return (
    isSum(value) &&
    [value.left, value.right].some((side) => side.kind === "number" && side.value === 1)
  );
}

/** A gradient whose penalty covers the weight of the ones in the same function. */
function inGradient(
  fact: HandGradientFact,
  program: PythonProgram,
): readonly InterceptPenaltyFact[] {
  const { parameter, addends, statement } = fact;
  const block = blockAround(statement, program);
  const problem = gradientProblem({ parameter, addends, loss: undefined });
  const [penalty] = problem?.penalty ?? [];
  const span = (penalty?.definition ?? penalty?.written.origin)?.span;
  if (problem === undefined || span === undefined || problem.data.length === 0) return [];
  const features = problem.symbols.filter(({ key, name }) => key !== parameter.key && name !== "");
  const sides = features.map(({ name }) => onesColumnOf(name, block, program));
  const side = sides.find((found) => found !== undefined);
  if (side === undefined) return [];
  const [point] = samplePoints(problem);
  const value = point && evaluate(sumOf(problem.penalty), point.values);
  const entry = side === "first" ? value?.data[0] : value?.data.at(-1);
  if (entry === undefined || entry === 0 || (value?.data.length ?? 0) < 2) return [];
  return [{ kind: "interceptPenalty", span, identity: undefined, side, weights: parameter.name }];
}

function blockAround(inner: Statement, program: PythonProgram): readonly Statement[] {
  const site = programIndex(program).statements.find(({ statement }) => statement === inner);
  return site?.within.findLast(({ kind }) => kind === "function")?.body ?? program.module.body;
}
