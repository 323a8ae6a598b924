import {
  absDependencies,
  addDependencies,
  create,
  divideDependencies,
  expDependencies,
  type FactoryFunctionMap,
  log2Dependencies,
  log10Dependencies,
  logDependencies,
  type MathNode,
  maxDependencies,
  minDependencies,
  multiplyDependencies,
  parseDependencies,
  powDependencies,
  sqrtDependencies,
  subtractDependencies,
  unaryMinusDependencies,
  unaryPlusDependencies,
} from "mathjs/number";
import type { Lambda } from "./experiment.ts";

export interface LambdaVariables {
  /** Training samples. */
  readonly m: number;
  /** Parameters that the penalty falls on. */
  readonly n: number;
  /** Samples in a step. */
  readonly batch: number;
  /** Optimizer steps of the whole run. */
  readonly steps: number;
}

export type LambdaResult = { readonly value: number } | { readonly error: string };

/** Longest expression that is read, in UTF-16 units. */
export const MAX_LAMBDA_LENGTH = 200;

const VARIABLES: readonly string[] = [
  "m",
  "n",
  "batch",
  "steps",
] satisfies (keyof LambdaVariables)[];
const FUNCTIONS: readonly string[] = [
  "sqrt",
  "log",
  "log2",
  "log10",
  "exp",
  "abs",
  "min",
  "max",
  "pow",
];
const OPERATORS: readonly string[] = ["+", "-", "*", "/", "^"];
const ALLOWED = `allowed are numbers, ${OPERATORS.join(" ")}, parentheses, the variables ${VARIABLES.join(", ")} and the functions ${FUNCTIONS.join(", ")}`;

/** Everything that could reach beyond a scalar expression; an expression comes from an untrusted file. */
const SWITCHED_OFF = [
  "import",
  "createUnit",
  "evaluate",
  "parse",
  "simplify",
  "derivative",
  "resolve",
];

const FACTORIES: FactoryFunctionMap = {
  ...parseDependencies,
  ...addDependencies,
  ...subtractDependencies,
  ...multiplyDependencies,
  ...divideDependencies,
  ...powDependencies,
  ...unaryMinusDependencies,
  ...unaryPlusDependencies,
  ...sqrtDependencies,
  ...logDependencies,
  ...log2Dependencies,
  ...log10Dependencies,
  ...expDependencies,
  ...absDependencies,
  ...minDependencies,
  ...maxDependencies,
};

/** Any numbers do: whether a function takes so many arguments does not depend on them. */
const PROBE: LambdaVariables = { m: 2, n: 2, batch: 2, steps: 2 };

let parser: ((source: string) => MathNode) | undefined;

/** Made at first use: most processes that check a file never meet an expression. */
function parseExpression(source: string): MathNode {
  if (parser === undefined) {
    const math = create(FACTORIES);
    parser = math.parse;
    const refuse = (name: string) => () => {
      throw new TypeError(`Cannot call ${name} in an expression`);
    };
    math.import?.(Object.fromEntries(SWITCHED_OFF.map((name) => [name, refuse(name)])), {
      override: true,
    });
  }
  return parser(source);
}

/** What in `node` itself is outside the language of λ; `undefined` when nothing is. */
function nodeError(node: MathNode): string | undefined {
  switch (node.type) {
    case "ConstantNode":
      return "value" in node && typeof node.value === "number"
        ? undefined
        : `${show(node)} is not a number`;
    case "ParenthesisNode":
      return undefined;
    case "OperatorNode":
      return "op" in node && typeof node.op === "string" && OPERATORS.includes(node.op)
        ? undefined
        : `${show(node)} uses an operator that is not allowed`;
    case "SymbolNode":
      return "name" in node && typeof node.name === "string" && VARIABLES.includes(node.name)
        ? undefined
        : `unknown name ${show(node)}`;
    case "FunctionNode":
      return "fn" in node && FUNCTIONS.includes(String(node.fn))
        ? undefined
        : `${show(node)} calls a function that is not allowed`;
    default:
      return `${show(node)} is not a scalar expression`;
  }
}

/** On one line, however the author of the expression wrote it. */
function show(node: MathNode): string {
  return node.toString().replaceAll(/\s+/g, " ");
}

function firstError(node: MathNode): string | undefined {
  let error = nodeError(node);
  if (error !== undefined) return error;
  node.forEach((child, path) => {
    // The name of a called function is a symbol as well; it is judged with its call.
    if (error === undefined && path !== "fn") error = firstError(child);
  });
  return error;
}

function compile(source: string): { readonly node: MathNode } | { readonly error: string } {
  if (source.length > MAX_LAMBDA_LENGTH) {
    return { error: `expression is longer than ${MAX_LAMBDA_LENGTH} characters` };
  }
  if (source.trim() === "") return { error: `the expression is empty; ${ALLOWED}` };
  try {
    const node = parseExpression(source);
    const error = firstError(node);
    return error === undefined ? { node } : { error: `${error}; ${ALLOWED}` };
  } catch (error) {
    return { error: `cannot read the expression: ${describe(error)}` };
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Why `source` is no expression for λ, whatever the variables are; `undefined` when it is one.
 *
 * A constant is held to the range of λ as well.
 */
export function lambdaError(source: string): string | undefined {
  const compiled = compile(source);
  if ("error" in compiled) return compiled.error;
  const { node } = compiled;
  try {
    const result = checked(node.evaluate({ ...PROBE }), source);
    const isConstant = node.filter(isVariable).length === 0;
    return isConstant && "error" in result ? result.error : undefined;
  } catch (error) {
    return cannotEvaluate(source, error);
  }
}

function isVariable(node: MathNode): boolean {
  return "name" in node && typeof node.name === "string" && VARIABLES.includes(node.name);
}

function cannotEvaluate(source: string, error: unknown): string {
  return `cannot evaluate ${source}: ${describe(error)}`;
}

/**
 * λ as a finite number ≥ 0.
 *
 * Text is an expression in mathjs's syntax over m, n, batch and steps, of at most
 * {@link MAX_LAMBDA_LENGTH} characters, that is read as scalar arithmetic and nothing else.
 * Never throws: text that is no such expression and values that are negative, infinite or NaN
 * give an error.
 */
export function evaluateLambda(lambda: Lambda, variables: LambdaVariables): LambdaResult {
  if (typeof lambda === "number") return checked(lambda, String(lambda));
  const compiled = compile(lambda);
  if ("error" in compiled) return compiled;
  try {
    const { m, n, batch, steps } = variables;
    return checked(compiled.node.evaluate({ m, n, batch, steps }), lambda);
  } catch (error) {
    return { error: cannotEvaluate(lambda, error) };
  }
}

function checked(value: unknown, source: string): LambdaResult {
  if (typeof value !== "number") return { error: `${source} is not a number` };
  if (!Number.isFinite(value)) return { error: `${source} is ${value}, λ must be finite` };
  return value < 0 ? { error: `${source} is ${value}, λ must be 0 or more` } : { value };
}
