import type { PythonProgram } from "../semantics/python-program.ts";
import type { CallExpression, FunctionStatement } from "../syntax/python/ast.ts";
import { type Bindings, createBindings } from "./bindings.ts";
import type { Ir } from "./ir.ts";
import { lowerExpression } from "./lower-expression.ts";
import type { Trace } from "./record-assignment.ts";
import { runBlock } from "./run-block.ts";

/** Functions of the document that a scope can call by name, or as methods of `self`. */
export interface Callables {
  readonly program: PythonProgram;
  readonly functions: ReadonlyMap<string, FunctionStatement>;
  readonly methods: ReadonlyMap<string, FunctionStatement>;
  /** Methods of the document's classes, by class. */
  readonly classes: ReadonlyMap<string, ReadonlyMap<string, FunctionStatement>>;
}

/** Longer functions are not replaced by their result. */
const MOST_STATEMENTS = 16;

/** The value of a call: the callee's body is followed with its parameters bound to the arguments. */
export function inlineCall(
  call: CallExpression,
  caller: Bindings,
  callables: Callables,
  isModule: boolean,
): Ir | undefined {
  const { target, isSelf } = targetOf(call, caller, callables);
  if (target === undefined || !isSimple(target)) return undefined;
  const values = boundParameters(call, target, caller, isSelf);
  if (values === undefined) return undefined;
  const isVisible = (path: string): boolean =>
    isSelf ? path.startsWith("self.") : isModule && !values.has(path);
  for (const path of [...caller.paths()].filter(isVisible)) {
    values.set(path, caller.read(path, undefined));
  }
  const trace: Trace = { assignments: [], returns: [] };
  runBlock(target.body, createBindings(caller, values), trace);
  const [result, ...others] = trace.returns;
  return others.length === 0 ? result?.value : undefined;
}

interface Target {
  readonly target: FunctionStatement | undefined;
  /** Whether the callee's `self` is the caller's. */
  readonly isSelf: boolean;
}

function targetOf(
  { callee }: CallExpression,
  caller: Bindings,
  { functions, methods, classes }: Callables,
): Target {
  if (callee.kind === "name") {
    return { target: caller.has(callee.id) ? undefined : functions.get(callee.id), isSelf: false };
  }
  if (callee.kind !== "attribute" || callee.value.kind !== "name") return NO_TARGET;
  const isSelf = callee.value.id === "self";
  const known = isSelf || callee.value.id === "cls" ? methods : classes.get(callee.value.id);
  const target = known?.get(callee.attribute);
  if (target !== undefined && isStatic(target)) return { target, isSelf: false };
  return isSelf ? { target, isSelf } : NO_TARGET;
}

const NO_TARGET: Target = { target: undefined, isSelf: false };

const isStatic = ({ decorators }: FunctionStatement): boolean =>
  decorators.length === 1 && decorators[0]?.kind === "name" && decorators[0].id === "staticmethod";

/** Straight-line functions alone: a loop or a branch would give one of several values. */
function isSimple(target: FunctionStatement): boolean {
  return (
    (target.decorators.length === 0 || isStatic(target)) &&
    target.body.length <= MOST_STATEMENTS &&
    target.body.at(-1)?.kind === "return" &&
    target.body.every(({ kind }) => ["assign", "augmented", "expression", "return"].includes(kind))
  );
}

function boundParameters(
  call: CallExpression,
  target: FunctionStatement,
  caller: Bindings,
  isSelf: boolean,
): Map<string, Ir> | undefined {
  const parameters = isSelf ? target.parameters.slice(1) : target.parameters;
  if (parameters.some(({ splat }) => splat !== "none")) return undefined;
  const values = new Map<string, Ir>();
  let position = 0;
  for (const argument of call.arguments) {
    const name = argument.name ?? parameters[position]?.name;
    if (argument.splat !== "none" || name === undefined) return undefined;
    if (argument.name === undefined) position += 1;
    values.set(name, lowerExpression(argument.value, caller));
  }
  for (const parameter of parameters) {
    if (values.has(parameter.name)) continue;
    if (parameter.default === undefined) return undefined;
    values.set(parameter.name, lowerExpression(parameter.default, caller));
  }
  return values;
}
