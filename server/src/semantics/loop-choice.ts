import type {
  CallExpression,
  Expression,
  ForStatement,
  LambdaExpression,
  Statement,
} from "../syntax/python/ast.ts";
import { expressionsIn, ownExpressions, statementsIn } from "../syntax/python/walk.ts";
import { targetNames } from "./bound-names.ts";
import { type CallSite, lastName, programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import { statementTree } from "./statement-tree.ts";

/** What goes through several values, so that one of them can be chosen by a score. */
export interface Trial {
  /** Names that hold another value each time. */
  readonly variables: ReadonlySet<string>;
  readonly span: Expression["span"];
}

/** The loops, comprehensions and `key=lambda …` around a call, where the best result is then taken. */
export function choiceAmong(site: CallSite, program: PythonProgram): Trial | undefined {
  return lambdaChoice(site) ?? comprehensionChoice(site, program) ?? loopChoice(site, program);
}

const holds = (outer: Expression, inner: Expression) =>
  outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;

const CHOOSING = new Set([
  "max",
  "min",
  "sorted",
  "argmax",
  "argmin",
  "nanargmax",
  "nanargmin",
  "idxmax",
  "idxmin",
  "index",
  "nlargest",
  "nsmallest",
]);

/** `max(alphas, key=lambda alpha: …)` */
function lambdaChoice({ call, statement }: CallSite): Trial | undefined {
  for (const node of expressionsOf(statement)) {
    if (node.kind !== "call" || !holds(node, call)) continue;
    const key = node.arguments.find(({ name }) => name === "key")?.value;
    if (key?.kind !== "lambda" || !holds(key, call) || !isChoosing(node)) continue;
    return { variables: parametersOf(key), span: node.span };
  }
  return undefined;
}

const parametersOf = ({ parameters }: LambdaExpression) =>
  new Set(parameters.map(({ name }) => name));

const isChoosing = ({ callee }: CallExpression) => CHOOSING.has(lastName(callee) ?? "");

/** `scores = [… for alpha in alphas]`, and then the best of `scores`. */
function comprehensionChoice({ call, statement }: CallSite, program: PythonProgram) {
  const around = expressionsOf(statement).find(
    (node) => node.kind === "comprehension" && holds(node, call),
  );
  if (around?.kind !== "comprehension") return undefined;
  const variables = new Set(around.clauses.flatMap(({ target }) => targetNames(target)));
  const isTakenAtOnce = expressionsOf(statement).some(
    (node) => node.kind === "call" && isChoosing(node) && holds(node, around),
  );
  const names = statement.kind === "assign" ? statement.targets.flatMap(targetNames) : [];
  const isChosen = isTakenAtOnce || isTakenFrom(new Set(names), statement, program);
  return isChosen ? { variables, span: around.span } : undefined;
}

function loopChoice({ call, statement }: CallSite, program: PythonProgram): Trial | undefined {
  const loops = loopsAround(statement, program);
  const outermost = loops.at(-1);
  if (outermost === undefined) return undefined;
  const variables = new Set(loops.flatMap(({ target }) => targetNames(target)));
  const results = carriersOf(call, statement, outermost);
  const isChosen = isKept(call, results, outermost) || isTakenFrom(results, outermost, program);
  return isChosen ? { variables, span: outermost.target.span } : undefined;
}

function loopsAround(statement: Statement, program: PythonProgram): readonly ForStatement[] {
  const loops: ForStatement[] = [];
  for (const outer of statementTree(program).around(statement)) {
    if (outer.kind === "function" || outer.kind === "class") break;
    if (outer.kind === "for") loops.push(outer);
  }
  return loops;
}

/** Names that hold the result of a call, alone or among others. */
function carriersOf(call: CallExpression, from: Statement, loop: ForStatement): Set<string> {
  const names = new Set<string>();
  const isResult = (part: Expression) =>
    part === call || (part.kind === "name" && names.has(part.id));
  for (const statement of statementsIn(loop.body)) {
    if (statement.span.end < from.span.start) continue;
    const { into, values } = storeOf(statement);
    const isStored = values.some((value) => [...expressionsIn(value)].some(isResult));
    if (isStored) for (const id of into.flatMap(rootNames)) names.add(id);
  }
  return names;
}

/** What a statement puts where: an assignment, `scores += […]`, `scores.append(…)`. */
function storeOf(statement: Statement): {
  readonly into: readonly Expression[];
  readonly values: readonly Expression[];
} {
  if (statement.kind === "assign" && statement.value !== undefined) {
    return { into: statement.targets, values: [statement.value] };
  }
  if (statement.kind === "augmented")
    return { into: [statement.target], values: [statement.value] };
  const call = statement.kind === "expression" ? statement.value : undefined;
  if (call?.kind !== "call" || call.callee.kind !== "attribute") return { into: [], values: [] };
  const isAdded = /^(?:append|add|insert)$/.test(call.callee.attribute);
  return isAdded
    ? { into: [call.callee.value], values: call.arguments.map(({ value }) => value) }
    : { into: [], values: [] };
}

/** `scores` of `scores[alpha]`. */
function rootNames(target: Expression): readonly string[] {
  return target.kind === "subscript" ? rootNames(target.value) : targetNames(target);
}

const mentionsAny = (node: Expression, names: ReadonlySet<string>) =>
  [...expressionsIn(node)].some((part) => part.kind === "name" && names.has(part.id));

/** `if score > best: best = score` */
function isKept(call: CallExpression, results: ReadonlySet<string>, loop: ForStatement): boolean {
  return [...statementsIn(loop.body)].some((statement) => {
    if (statement.kind !== "if" || statement.test.kind !== "compare") return false;
    const { test, body } = statement;
    const isRanked = test.comparisons.some(({ operator }) => /^[<>]=?$/.test(operator));
    const keeps = body.some(({ kind }) => kind === "assign");
    return isRanked && keeps && (holds(test, call) || mentionsAny(test, results));
  });
}

/** `alphas[np.argmax(scores)]` and the like, after the scores were collected. */
function isTakenFrom(
  names: ReadonlySet<string>,
  collected: Statement,
  program: PythonProgram,
): boolean {
  if (names.size === 0) return false;
  const scope = statementTree(program).scopeOf(collected);
  return programIndex(program).calls.some(({ call, statement, within, name = "" }) => {
    const isLater = call.span.start >= collected.span.start && within.at(-1) === scope;
    if (!isLater || !CHOOSING.has(name)) return false;
    const isValue = name === "max" || name === "min" || name === "sorted";
    if (isValue && statement.kind !== "assign") return false;
    const values = call.arguments.map(({ value }) => value);
    const receiver = call.callee.kind === "attribute" ? [call.callee.value] : [];
    return [...values, ...receiver].some((value) => mentionsAny(value, names));
  });
}

function expressionsOf(statement: Statement): readonly Expression[] {
  return ownExpressions(statement).flatMap((root) => [...expressionsIn(root)]);
}
