import type {
  CallExpression,
  Expression,
  FunctionStatement,
  NameExpression,
  Parameter,
} from "../syntax/python/ast.ts";
import { classOf, instanceValue, selfValue } from "./class-values.ts";
import { programIndex } from "./program-index.ts";
import type { Definition, PythonProgram } from "./python-program.ts";
import { asDefault, type Value, type ValueReader } from "./value.ts";

type ParameterDefinition = Extract<Definition, { kind: "parameter" }>;

/**
 * What a parameter holds: what all calls in the document agree on, else its default. Either is
 * only a default, as other documents may call as well.
 */
export function parameterValue(
  { parameter, owner }: ParameterDefinition,
  reader: ValueReader,
): Value | undefined {
  if (owner === undefined || parameter.splat !== "none") return undefined;
  const position = owner.parameters.indexOf(parameter);
  const { program } = reader;
  const inClass = classOf(owner, program);
  if (inClass !== undefined && position === 0) {
    return isMethod(owner) ? selfValue(owner, reader) : undefined;
  }
  const isOther = inClass !== undefined && owner.name !== "__init__";
  const sites = isOther ? [] : callsOf(inClass ?? owner, program);
  if (sites.length === 0) return ownDefault(parameter, reader);
  const offset = inClass === undefined ? 0 : 1;
  const given = sites.map((call) => givenTo(parameter, position - offset, call));
  const values = given.map((value) =>
    value === "default" ? ownDefault(parameter, reader) : value && reader.read(value),
  );
  return asDefault(agreedValue(values));
}

const isMethod = ({ decorators }: FunctionStatement) => decorators.length === 0;

/** The method whose `self` a name is. */
export function selfOf(
  name: NameExpression,
  program: PythonProgram,
): FunctionStatement | undefined {
  const definition = program.definition(name);
  const owner = definition?.kind === "parameter" ? definition.owner : undefined;
  const isFirst = definition?.kind === "parameter" && owner?.parameters[0] === definition.parameter;
  const isSelf = isFirst && isMethod(owner) && classOf(owner, program) !== undefined;
  return isSelf ? owner : undefined;
}

function agreedValue(values: readonly (Value | undefined)[]): Value | undefined {
  const [first, ...others] = values;
  if (others.length === 0 || first === undefined) return first;
  const isAgreed = others.every(
    (other) => first.kind === "scalar" && other?.kind === "scalar" && other.value === first.value,
  );
  return isAgreed ? first : undefined;
}

function ownDefault(parameter: Parameter, reader: ValueReader): Value | undefined {
  if (parameter.default !== undefined) return asDefault(reader.read(parameter.default));
  const { annotation } = parameter;
  const definition =
    annotation?.kind === "name" ? reader.program.definition(annotation) : undefined;
  return definition?.kind === "defined" && definition.statement.kind === "class"
    ? asDefault(instanceValue(definition.statement, undefined, reader))
    : undefined;
}

/** `undefined` where a splat may give the parameter. */
function givenTo(
  { name }: Parameter,
  position: number,
  call: CallExpression,
): Expression | "default" | undefined {
  const byName = call.arguments.find((argument) => argument.name === name);
  if (byName !== undefined) return byName.value;
  if (call.arguments.some(({ splat }) => splat !== "none")) return undefined;
  const byPosition = call.arguments.filter((argument) => argument.name === undefined)[position];
  return byPosition?.value ?? "default";
}

type Callee = FunctionStatement | Extract<ReturnType<typeof classOf>, object>;

const found = new WeakMap<PythonProgram, ReadonlyMap<Callee, readonly CallExpression[]>>();

/** Calls of a function or class of the document by its plain name. */
function callsOf(callee: Callee, program: PythonProgram): readonly CallExpression[] {
  const known = found.get(program) ?? allLocalCalls(program);
  found.set(program, known);
  return known.get(callee) ?? [];
}

function allLocalCalls(program: PythonProgram): ReadonlyMap<Callee, readonly CallExpression[]> {
  const calls = new Map<Callee, CallExpression[]>();
  for (const { call } of programIndex(program).calls) {
    const definition = call.callee.kind === "name" ? program.definition(call.callee) : undefined;
    if (definition?.kind !== "defined") continue;
    const { statement } = definition;
    if (statement.kind !== "function" && statement.kind !== "class") continue;
    const known = calls.get(statement);
    if (known === undefined) calls.set(statement, [call]);
    else known.push(call);
  }
  return calls;
}
