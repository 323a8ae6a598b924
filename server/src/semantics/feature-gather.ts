import type { Span } from "../../../core/protocol/span.ts";
import type {
  CallExpression,
  Expression,
  FunctionStatement,
  Statement,
} from "../syntax/python/ast.ts";
import { blocksOf, statementsIn } from "../syntax/python/walk.ts";
import { calledFunction, resultsOf } from "./called-function.ts";
import { lastName, programIndex, type Site } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** `dist.all_gather(buffers, local)`, after which `buffers` are joined: none of them has a gradient. */
export interface FeatureGather {
  readonly call: CallExpression;
  readonly statement: Statement;
  /** Name of the list that is filled. */
  readonly buffers: string;
  readonly local: Span;
}

const JOINS = new Set(["cat", "concat", "concatenate", "stack", "vstack"]);
const MOST_STEPS = 4;

/** The gather behind the features of one side; `undefined` where the local part is put back. */
export function featureGather(
  side: Expression,
  site: Site,
  program: PythonProgram,
): FeatureGather | undefined {
  const owner = site.within.findLast((scope) => scope.kind === "function");
  const around = owner?.kind === "function" ? owner : undefined;
  return gatherIn(side, around, site, program, MOST_STEPS);
}

function gatherIn(
  node: Expression,
  around: FunctionStatement | undefined,
  site: Site,
  program: PythonProgram,
  steps: number,
): FeatureGather | undefined {
  if (steps === 0) return undefined;
  if (node.kind === "name") {
    const definition = program.definition(node);
    return definition?.kind === "assigned"
      ? gatherIn(definition.value, around, site, program, steps - 1)
      : undefined;
  }
  if (node.kind !== "call") return undefined;
  const joined = node.arguments[0]?.value;
  if (JOINS.has(lastName(node.callee) ?? "") && joined?.kind === "name") {
    return gatherInto(joined.id, around, program);
  }
  const owner = site.within.find((scope) => scope.kind === "class");
  const called = calledFunction(node, owner?.kind === "class" ? owner : undefined, program);
  const [only, ...others] = called === undefined ? [] : resultsOf(called.function, program);
  return only === undefined || others.length > 0
    ? undefined
    : gatherIn(only.value, called?.function, site, program, steps - 1);
}

/** The `all_gather` of a function that fills a list, where nothing else fills it and gradients are on. */
function gatherInto(
  buffers: string,
  around: FunctionStatement | undefined,
  program: PythonProgram,
): FeatureGather | undefined {
  const body = around?.body ?? program.module.body;
  if (around !== undefined && around.decorators.some(stopsGradient)) return undefined;
  if ([...statementsIn(body)].some((statement) => puts(statement, buffers))) return undefined;
  const found = programIndex(program).calls.find(({ call, name, statement }) => {
    const [list, local] = call.arguments;
    const isList = list?.value.kind === "name" && list.value.id === buffers;
    return name === "all_gather" && isList && local !== undefined && isIn(statement, body);
  });
  const local = found?.call.arguments[1]?.value;
  if (found === undefined || local === undefined) return undefined;
  if (!/^torch\.distributed\.(?!nn\b)|^$/.test(found.qualifiedName ?? "")) return undefined;
  if (isWithoutGradient(found.statement, body)) return undefined;
  return { call: found.call, statement: found.statement, buffers, local: local.span };
}

const stopsGradient = (node: Expression): boolean =>
  /^(?:no_grad|inference_mode)$/.test(lastName(node.kind === "call" ? node.callee : node) ?? "");

const isIn = (statement: Statement, body: readonly Statement[]): boolean =>
  [...statementsIn(body)].includes(statement);

/** `buffers[rank] = local`, `buffers.insert(…)`, or a new list of the same name. */
function puts(statement: Statement, buffers: string): boolean {
  const targets = statement.kind === "assign" ? statement.targets : [];
  return targets.some(
    (target) =>
      target.kind === "subscript" && target.value.kind === "name" && target.value.id === buffers,
  );
}

function isWithoutGradient(inner: Statement, body: readonly Statement[]): boolean {
  return body.some((statement) => {
    if (statement === inner) return false;
    const holds = blocksOf(statement).some((block) => isIn(inner, block));
    if (!holds) return false;
    const stops =
      statement.kind === "with" && statement.items.some(({ context }) => stopsGradient(context));
    return stops || blocksOf(statement).some((block) => isWithoutGradient(inner, block));
  });
}
