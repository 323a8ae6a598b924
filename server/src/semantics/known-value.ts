import type {
  BinaryExpression,
  CallExpression,
  Expression,
  NameExpression,
  Statement,
} from "../syntax/python/ast.ts";
import { statementsIn } from "../syntax/python/walk.ts";
import { parsedArguments } from "./argparse-values.ts";
import { arithmetic } from "./arithmetic.ts";
import { classValue, instanceValue } from "./class-values.ts";
import { parameterValue, selfOf } from "./parameter-values.ts";
import { lastName, programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import { dictValue, gottenField, madeRecord, throughName, throughSelf } from "./record-values.ts";
import {
  asDefault,
  type Scalar,
  type ScalarValue,
  type Value,
  type ValueReader,
  weaker,
} from "./value.ts";

/** How deep a value may be looked for: through names, fields, calls and arithmetic together. */
const MOST_STEPS = 40;

interface State extends ValueReader {
  readonly known: Map<Expression, Value | undefined>;
  steps: number;
}

const states = new WeakMap<PythonProgram, State>();

/** The value of an expression as far as the document tells it; `undefined` where it does not. */
export function knownValue(node: Expression, program: PythonProgram): Value | undefined {
  const state = states.get(program) ?? newState(program);
  states.set(program, state);
  return state.read(node);
}

function newState(program: PythonProgram): State {
  const known = new Map<Expression, Value | undefined>();
  const state: State = {
    program,
    known,
    steps: 0,
    read(node) {
      if (known.has(node)) return known.get(node);
      if (state.steps >= MOST_STEPS) return undefined;
      // Whoever asks for this value while it is being read stands in a circle.
      known.set(node, undefined);
      state.steps += 1;
      const value = readValue(node, state);
      state.steps -= 1;
      known.set(node, value);
      return value;
    },
  };
  return state;
}

function readValue(node: Expression, reader: ValueReader): Value | undefined {
  switch (node.kind) {
    case "number":
      return Number.isNaN(node.value) ? undefined : literal(node, node.value);
    case "string":
      return node.value === undefined ? undefined : literal(node, node.value);
    case "constant":
      return node.value === "ellipsis" ? undefined : literal(node, node.value);
    case "unary":
      return ofUnary(node, reader);
    case "binary":
      return ofBinary(node, reader);
    case "name":
      return ofName(node, reader);
    case "attribute":
      return fieldOf(node.value, node.attribute, reader);
    case "subscript": {
      const [index, ...others] = node.indices;
      const key = index?.kind === "string" && others.length === 0 ? index.value : undefined;
      return key === undefined ? undefined : fieldOf(node.value, key, reader);
    }
    case "dict":
      return dictValue(node, reader);
    case "conditional":
      return agreed(reader.read(node.then), reader.read(node.otherwise));
    case "call":
      return ofCall(node, reader);
    default:
      return undefined;
  }
}

function literal({ span }: Expression, value: Scalar): ScalarValue {
  return { kind: "scalar", value, certainty: "constant", span };
}

function agreed(a: Value | undefined, b: Value | undefined): Value | undefined {
  const isAgreed = a?.kind === "scalar" && b?.kind === "scalar" && a.value === b.value;
  return isAgreed ? { ...a, certainty: weaker(a.certainty, b.certainty) } : undefined;
}

function ofUnary(
  { operator, operand, span }: Extract<Expression, { kind: "unary" }>,
  reader: ValueReader,
): Value | undefined {
  const value = reader.read(operand);
  if (value?.kind !== "scalar") return undefined;
  if (operator === "not") return { ...value, value: !isTrue(value.value), span };
  if (typeof value.value !== "number") return undefined;
  if (operator === "-") return { ...value, value: -value.value, span };
  return operator === "+" ? value : undefined;
}

const isTrue = (value: Scalar) => value !== null && value !== false && value !== 0 && value !== "";

function ofBinary(node: BinaryExpression, reader: ValueReader): Value | undefined {
  const left = reader.read(node.left);
  const right = left && reader.read(node.right);
  if (left?.kind !== "scalar" || right?.kind !== "scalar") return undefined;
  if (typeof left.value !== "number" || typeof right.value !== "number") return undefined;
  const value = arithmetic(node.operator, left.value, right.value);
  if (value === undefined) return undefined;
  const certainty = weaker(left.certainty, right.certainty);
  return { kind: "scalar", value, certainty, span: node.span };
}

function ofName(node: NameExpression, reader: ValueReader): Value | undefined {
  const value = definedValue(node, reader);
  if (value?.kind !== "record") return value;
  const isSelf = selfOf(node, reader.program) !== undefined;
  return isSelf ? throughSelf(value, node, reader) : throughName(value, node, reader);
}

function definedValue(node: NameExpression, reader: ValueReader): Value | undefined {
  const definition = reader.program.definition(node);
  switch (definition?.kind) {
    case "assigned": {
      const value = reader.read(definition.value);
      return runsOtherCode(reader.program) ? asDefault(value) : value;
    }
    case "unpacked": {
      const { value, index } = definition;
      const isKnown = value.kind === "call" && lastName(value.callee) === "parse_known_args";
      return isKnown && index === 0 ? parsedArguments(value, reader) : undefined;
    }
    case "parameter":
      return parameterValue(definition, reader);
    case "defined":
      return definition.statement.kind === "class"
        ? classValue(definition.statement, reader)
        : undefined;
    default:
      return undefined;
  }
}

const runsOther = new WeakMap<PythonProgram, boolean>();

/** `exec(open("configurator.py").read())` may give any name another value. */
function runsOtherCode(program: PythonProgram): boolean {
  const known = runsOther.get(program);
  if (known !== undefined) return known;
  const runs = programIndex(program).calls.some(
    ({ call: { callee } }) =>
      (callee.kind === "name" && callee.id === "exec") ||
      (callee.kind === "attribute" &&
        callee.value.kind === "call" &&
        lastName(callee.value.callee) === "globals"),
  );
  runsOther.set(program, runs);
  return runs;
}

function fieldOf(base: Expression, name: string, reader: ValueReader): Value | undefined {
  const record = reader.read(base);
  return record?.kind === "record" ? record.fields.get(name)?.() : undefined;
}

/** Tools that fill a dataclass from the command line. */
const CLASS_PARSERS = /^(?:tyro\.cli|simple_parsing\.parse|draccus\.parse|pyrallis\.parse)$/;

function ofCall(call: CallExpression, reader: ValueReader): Value | undefined {
  const { callee } = call;
  const name = lastName(callee);
  if (name === "parse_args" && callee.kind === "attribute") return parsedArguments(call, reader);
  const simple = castValue(call, reader) ?? madeRecord(call, reader) ?? gottenField(call, reader);
  if (simple !== undefined) return simple;
  const [first] = call.arguments;
  if (CLASS_PARSERS.test(reader.program.qualifiedName(callee) ?? "")) {
    const owner = first && localStatement(first.value, reader.program);
    return owner?.kind === "class" ? asDefault(instanceValue(owner, undefined, reader)) : undefined;
  }
  const called = localStatement(callee, reader.program);
  if (called?.kind === "class") return instanceValue(called, call, reader);
  return called?.kind === "function" ? returnedValue(called, reader) : undefined;
}

function localStatement(node: Expression, program: PythonProgram): Statement | undefined {
  const definition = node.kind === "name" ? program.definition(node) : undefined;
  return definition?.kind === "defined" ? definition.statement : undefined;
}

/** What a function of the document returns, where it returns in one place. */
function returnedValue(
  { body, decorators }: Extract<Statement, { kind: "function" }>,
  reader: ValueReader,
): Value | undefined {
  if (decorators.length > 0) return undefined;
  const returns = [...statementsIn(body)].filter((statement) => statement.kind === "return");
  const [only, ...others] = returns;
  const isLast = only !== undefined && body.at(-1) === only;
  return isLast && others.length === 0 && only.value !== undefined
    ? reader.read(only.value)
    : undefined;
}

/** `float("1e-3")`, `int(1e3)`. */
function castValue(call: CallExpression, reader: ValueReader): Value | undefined {
  const { callee } = call;
  const [only, ...others] = call.arguments;
  if (callee.kind !== "name" || only?.name !== undefined || only === undefined) return undefined;
  if (only.splat !== "none" || others.length > 0) return undefined;
  if (callee.id !== "float" && callee.id !== "int") return undefined;
  const value = reader.read(only.value);
  if (value?.kind !== "scalar" || value.value === null || value.value === "") return undefined;
  const number = Number(value.value);
  if (Number.isNaN(number)) return undefined;
  return { ...value, value: callee.id === "int" ? Math.trunc(number) : number };
}
