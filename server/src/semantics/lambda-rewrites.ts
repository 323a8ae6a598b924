import type { Edit } from "../engine/rule.ts";
import type { LambdaValueFact } from "../facts/lambda-value.ts";
import type { Convention, Values } from "../lambda/convention.ts";
import { convert } from "../lambda/convert.ts";
import { findConvention } from "../lambda/find-convention.ts";
import { codeNumber } from "../lambda/number-text.ts";
import type { CallExpression, NameExpression } from "../syntax/python/ast.ts";
import { hasSplat } from "./call-arguments.ts";
import { estimatorOf } from "./estimator-of.ts";
import { siblingCallee } from "./insertions.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** A call written with another API, with the same objective. */
export interface LambdaRewrite {
  readonly to: Convention;
  /** The new call without what is kept of the old one. */
  readonly code: string;
  readonly edits: readonly Edit[];
}

const LINEAR = ["sklearn-ridge", "sklearn-lasso", "sklearn-elastic-net", "sklearn-sgd-regressor"];
const KERAS = ["keras-l2", "keras-l1", "keras-l1l2"];

/** Classes of one module that share an objective. */
const SIBLINGS: readonly (readonly string[])[] = [
  LINEAR,
  ["sklearn-logistic-regression", "sklearn-sgd-logistic"],
  KERAS,
];

/** Arguments that mean the same to all classes of a module. */
const KEPT: ReadonlySet<string> = new Set([
  "fit_intercept",
  "random_state",
  "class_weight",
  "warm_start",
]);
/** Arguments that the new call says in its own way, or that only steer a solver. */
const DROPPED: ReadonlySet<string> = new Set([
  "alpha",
  "C",
  "l1",
  "l2",
  "l1_ratio",
  "penalty",
  "loss",
  "solver",
  "tol",
  "max_iter",
  "n_jobs",
  "selection",
  "precompute",
]);

const LITERALS: ReadonlySet<string> = new Set(["number", "string", "constant"]);

/**
 * The call of a λ, rewritten with other classes of the same module. Where the numbers differ by the
 * number of samples, that is written as `len(y)` of what the estimator is fitted to, so nothing is
 * assumed; where that is not in sight before the call, there is no rewrite.
 */
export function lambdaRewrites(
  { call, convention, values, isDefault }: LambdaValueFact,
  program: PythonProgram,
): readonly LambdaRewrite[] {
  const from = findConvention(convention);
  const family = SIBLINGS.find((ids) => ids.includes(convention)) ?? [];
  if (call === undefined || from === undefined || isDefault || hasSplat(call)) return [];
  const kept = keptArguments(call, program);
  if (kept === undefined) return [];
  return family.flatMap((id) => {
    const to = id === convention ? undefined : findConvention(id);
    const texts = to === undefined ? undefined : numbersFor(from, values, to, call, program);
    if (to === undefined || texts === undefined) return [];
    return rewrite(call, to, to.code(texts), kept, program) ?? [];
  });
}

function rewrite(
  call: CallExpression,
  to: Convention,
  code: string,
  kept: readonly string[],
  program: PythonProgram,
): LambdaRewrite | undefined {
  const open = code.indexOf("(");
  const name = code.slice(0, open).replace(/^.*\./, "");
  const callee = siblingCallee(call, name, program);
  const isClosed = program.module.text[call.argumentsSpan.end - 1] === ")";
  if (callee === undefined || !isClosed) return undefined;
  const text = [code.slice(open + 1, -1), ...kept].join(", ");
  return {
    to,
    code,
    edits: [...callee, { span: call.argumentsSpan, newText: `(${text})` }],
  };
}

/** The arguments that go along; `undefined` where one would be lost or change its meaning. */
function keptArguments(call: CallExpression, program: PythonProgram): string[] | undefined {
  const { text } = program.module;
  const kept: string[] = [];
  for (const [index, { name, span, value }] of call.arguments.entries()) {
    const isDropped = name === undefined ? index < 2 : DROPPED.has(name);
    // A name, such as LAMBDA, would be lost.
    if (isDropped && !LITERALS.has(value.kind)) return undefined;
    if (isDropped) continue;
    if (name === undefined || !KEPT.has(name)) return undefined;
    kept.push(text.slice(span.start, span.end));
  }
  return kept;
}

/** The numbers of the new call as text; `undefined` where they are not known exactly. */
function numbersFor(
  from: Convention,
  values: Values,
  to: Convention,
  call: CallExpression,
  program: PythonProgram,
): Readonly<Record<string, string>> | undefined {
  const one = convert(from, values, to, { samples: 1 });
  const two = convert(from, values, to, { samples: 2 });
  if (one.kind !== "exact" || two.kind !== "exact") return undefined;
  const needsCount = one.used.includes("samples");
  const target = needsCount ? fittedTarget(call, program) : undefined;
  if (needsCount && target === undefined) return undefined;
  const texts = Object.entries(one.values).map(([name, value]): [string, string] => {
    const ratio = (two.values[name] ?? Number.NaN) / value;
    const number = codeNumber(value);
    // A number grows with the samples, shrinks with them, or is a share.
    if (ratio === 2) return [name, `${number} * len(${target})`];
    return [name, ratio === 0.5 ? `${number} / len(${target})` : number];
  });
  return Object.fromEntries(texts);
}

/** Name of what the estimator is fitted to, where it surely has its value before the call. */
function fittedTarget(call: CallExpression, program: PythonProgram): string | undefined {
  const fits = programIndex(program).calls.filter(
    ({ call: fit }) =>
      fit.callee.kind === "attribute" &&
      fit.callee.attribute === "fit" &&
      estimatorOf(fit.callee.value, program)?.constructed === call,
  );
  const [only, ...others] = fits;
  const target = only?.call.arguments[1] ?? undefined;
  if (others.length > 0 || target?.value.kind !== "name" || hasSplat(only?.call ?? call)) {
    return undefined;
  }
  const isNamed = target.name === undefined || target.name === "y";
  return isNamed && isBoundBefore(target.value, call, program) ? target.value.id : undefined;
}

function isBoundBefore(
  name: NameExpression,
  call: CallExpression,
  program: PythonProgram,
): boolean {
  const definition = program.definition(name);
  if (definition?.kind === "parameter") return true;
  const isStatement = definition?.kind === "assigned" || definition?.kind === "unpacked";
  return isStatement && definition.statement.span.end <= call.span.start;
}
