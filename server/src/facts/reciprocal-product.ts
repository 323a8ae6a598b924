import { isCountName } from "../math/assign-shapes.ts";
import { isGradientFunction, isLossName } from "../math/gradient-names.ts";
import { lastName, programIndex, type Site } from "../semantics/program-index.ts";
import type { PythonProgram } from "../semantics/python-program.ts";
import type { CodeText } from "../syntax/code-text.ts";
import type {
  BinaryExpression,
  Expression,
  NumberExpression,
  Statement,
} from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions } from "../syntax/python/walk.ts";
import type { Extractor } from "./extractor.ts";

/** `1 / 2 * m` before a sum over the data, in a loss or a gradient: m stands above the line. */
export interface ReciprocalProductFact {
  readonly kind: "reciprocalProduct";
  /** The whole of `1 / 2 * m`. */
  readonly product: BinaryExpression;
  readonly divisor: NumberExpression;
  readonly count: Expression;
  /** What the value is assigned to, or the function that returns it. */
  readonly name: string;
}

/** `/ 2 * m` */
const RECIPROCAL = /\/\s*\d[\d.]*\s*\*(?!\*)[\s(]*(?:(len)\s*\(|(?:\w+\.)*(\w+))/g;

/** Whether a number after a slash is multiplied by a count in a text. */
export function multipliesReciprocal({ text }: Pick<CodeText, "text">): boolean {
  for (const [, length, name = ""] of text.matchAll(RECIPROCAL)) {
    if (length !== undefined || name === "shape" || isCountName(name)) return true;
  }
  return false;
}

export const reciprocalProductFacts: Extractor<ReciprocalProductFact> = {
  kind: "reciprocalProduct",
  languages: ["python"],
  extract(syntax, { text }) {
    if (syntax.language !== "python" || !multipliesReciprocal({ text })) return [];
    const { program } = syntax;
    return programIndex(program).statements.flatMap((site) => factsIn(site, program));
  },
};

function factsIn(site: Site, program: PythonProgram): readonly ReciprocalProductFact[] {
  const name = nameOf(site);
  if (name === undefined) return [];
  return ownExpressions(site.statement)
    .flatMap((root) => productsIn(root))
    .flatMap((chain) => factOf(chain, name, program));
}

/** Name of the loss or gradient that a statement computes. */
function nameOf({ statement, within }: Site): string | undefined {
  const owner = within.findLast(({ kind }) => kind === "function")?.name ?? "";
  const names = [...targetsOf(statement), ...(statement.kind === "return" ? [owner] : [])];
  return names.find((name) => isLossName(name) || isGradientFunction(name));
}

function targetsOf(statement: Statement): readonly string[] {
  const targets = statement.kind === "assign" ? statement.targets : [];
  return targets.flatMap((target) => lastName(target) ?? []);
}

/** The operands of every product chain below an expression: those of `a * b / c`, outermost first. */
function productsIn(root: Expression): readonly (readonly Operand[])[] {
  const inner = new Set<Expression>();
  const chains: (readonly Operand[])[] = [];
  for (const expression of expressionsIn(root)) {
    if (!isProduct(expression) || inner.has(expression)) continue;
    chains.push(operandsOf(expression, inner));
  }
  return chains;
}

interface Operand {
  readonly value: Expression;
  readonly isDivisor: boolean;
  /** The product of this operand and everything to its left. */
  readonly product: BinaryExpression | undefined;
}

const isProduct = (expression: Expression): expression is BinaryExpression =>
  expression.kind === "binary" && (expression.operator === "*" || expression.operator === "/");

function operandsOf(chain: BinaryExpression, inner: Set<Expression>): readonly Operand[] {
  const operands: Operand[] = [];
  let left: Expression = chain;
  while (isProduct(left)) {
    inner.add(left);
    operands.unshift({ value: left.right, isDivisor: left.operator === "/", product: left });
    left = left.left;
  }
  return [{ value: left, isDivisor: false, product: undefined }, ...operands];
}

function factOf(
  operands: readonly Operand[],
  name: string,
  program: PythonProgram,
): readonly ReciprocalProductFact[] {
  const at = operands.findIndex(({ value, isDivisor }) => isDivisor && value.kind === "number");
  const [one, divisor, count] = operands.slice(Math.max(0, at - 1), at + 2);
  if (at < 1 || one === undefined || divisor?.value.kind !== "number") return [];
  // `np.sum(e ** 2) / 2 * m` is meant as `np.sum(e ** 2) / (2 * m)`.
  const isSum = at === 1 && !isNumber(one.value);
  if (!isSum && !isNumber(one.value)) return [];
  if (count?.product === undefined || count.isDivisor || !isCountExpression(count.value)) return [];
  if (isInParentheses(divisor.product, program.module.text)) return [];
  const others = operands.filter(
    (operand) => operand !== divisor && operand !== count && (isSum || operand !== one),
  );
  if (others.some(({ isDivisor }) => isDivisor)) return [];
  if (others.some(({ value }) => averages(value, program))) return [];
  if (!others.some(({ value }) => addsUp(value, program))) return [];
  const { product } = count;
  return [{ kind: "reciprocalProduct", product, divisor: divisor.value, count: count.value, name }];
}

const isNumber = (expression: Expression | undefined): boolean =>
  expression?.kind === "number" ||
  (expression?.kind === "unary" && expression.operand.kind === "number");

function isCountExpression(expression: Expression): boolean {
  if (expression.kind === "subscript") {
    const [index] = expression.indices;
    const isShape = expression.value.kind === "attribute" && expression.value.attribute === "shape";
    return isShape && index?.kind === "number" && index.value === 0;
  }
  if (expression.kind === "call") {
    return expression.callee.kind === "name" && expression.callee.id === "len";
  }
  return isCountName(lastName(expression) ?? "");
}

/** `(1 / 2) * m` is meant as it is written. */
function isInParentheses(expression: BinaryExpression | undefined, text: string): boolean {
  return expression !== undefined && text.slice(expression.span.end).trimStart().startsWith(")");
}

const SUMS = /^(?:sum|nansum|reduce_sum|dot|matmul|inner|vdot|norm|einsum|mm|mv)$/;
const MEANS = /^(?:mean|average|nanmean|reduce_mean|var|std|log|slogdet|logdet)$/;

/** Whether an expression, or what its name was given, adds up entries of an array. */
const addsUp = (expression: Expression, program: PythonProgram): boolean =>
  below(expression, program).some(
    (part) =>
      (part.kind === "binary" && part.operator === "@") ||
      (part.kind === "call" && SUMS.test(lastName(part.callee) ?? "")),
  );

const averages = (expression: Expression, program: PythonProgram): boolean =>
  below(expression, program).some(
    (part) => part.kind === "call" && MEANS.test(lastName(part.callee) ?? ""),
  );

function below(expression: Expression, program: PythonProgram): readonly Expression[] {
  const parts = [...expressionsIn(expression)];
  const definitions = parts.flatMap((part) => {
    const definition = part.kind === "name" ? program.definition(part) : undefined;
    return definition?.kind === "assigned" ? [...expressionsIn(definition.value)] : [];
  });
  return [...parts, ...definitions];
}
