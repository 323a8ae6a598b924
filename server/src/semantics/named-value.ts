import type {
  CallExpression,
  Expression,
  NameExpression,
  Statement,
} from "../syntax/python/ast.ts";
import { constantNumber } from "./call-arguments.ts";
import { lastEvent, type NameEvent } from "./name-events.ts";
import { lastName } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import { burning, JUMP, type Reading, withoutParameters } from "./reading.ts";
import { statementTree } from "./statement-tree.ts";
import { operationCall } from "./tensor-operations.ts";
import { combine } from "./term-arithmetic.ts";
import { isDataLossName, isParametersName, isWeightName, normInName } from "./training-names.ts";
import {
  blocked,
  isKnown,
  mapTerms,
  NOTHING,
  namedPenalty,
  type Term,
  type TrainingValue,
  termValue,
  unknownValue,
  weightsValue,
} from "./training-term.ts";

const MAKERS =
  /^(?:zeros|ones|rand|randn|random|normal|uniform|standard_normal|Parameter|Variable|variable|tensor|empty|full|array|zeros_like|xavier\w*|glorot\w*|truncated_normal|random_normal|random_uniform|add_weight|get_variable|create_parameter|fromarray|copy|requires_grad_|param)$/;

/** What a name stands for: a parameter, the item of a loop, or what statements gave it. */
export function valueOfName(node: NameExpression, reading: Reading): TrainingValue {
  const { program, parameters, statement } = reading;
  const definition = program.definition(node);
  const next = burning(reading, JUMP);
  switch (definition?.kind) {
    case "parameter":
      return parameters.get(node.id) ?? valueByName(node, reading);
    case "iterated":
      return itemOf(reading.read(definition.iterable, next), node, reading);
    case "assigned": {
      // Not what the parameters of another function are.
      const isOwn = sameScope(definition.statement, statement, program);
      const there = { ...next, statement: definition.statement };
      const value = reading.read(definition.value, isOwn ? there : withoutParameters(there));
      const seen = withStop(value, definition.statement, statement, program);
      return isKnown(seen) || isZero(seen) ? seen : valueOfMade(node, definition.value, reading);
    }
    case undefined: {
      const event = statement && lastEvent(node.id, statement, program);
      return event === undefined ? valueByName(node, reading) : valueOfEvent(node, event, next);
    }
    default:
      return unknownValue(node, statement);
  }
}

const isZero = (value: TrainingValue) => value.kind === "terms" && value.terms.length === 0;

function sameScope(a: Statement, b: Statement | undefined, program: PythonProgram): boolean {
  const tree = statementTree(program);
  return b !== undefined && tree.scopeOf(a) === tree.scopeOf(b);
}

/** A name that is given an array of which nothing is known: weights, when it says so. */
function valueOfMade(node: NameExpression, value: Expression, reading: Reading): TrainingValue {
  if (constantNumber(value, reading.program) !== undefined) {
    return unknownValue(node, reading.statement);
  }
  let made = value;
  while (made.kind === "binary") made = made.left.kind === "number" ? made.right : made.left;
  const maker = made.kind === "call" ? (lastName(made.callee) ?? "") : "";
  if (/^(?:Parameter|add_weight|get_variable|create_parameter|param)$/.test(maker)) {
    return weightsValue({ coverage: "tensor", node, evidence: "parameters", isFiltered: false });
  }
  if (isWeightName(node.id)) {
    return MAKERS.test(maker) ? ofName(node) : unknownValue(node, reading.statement);
  }
  // What is computed in sight, and is no norm of weights, is none by its name.
  const isElsewhere = made.kind === "call" && isForeignCall(made, reading.program);
  const saysPenalty = normInName(node.id) !== undefined && !isDataLossName(node.id);
  return saysPenalty && !isElsewhere
    ? unknownValue(node, reading.statement)
    : valueByName(node, reading);
}

const isForeignCall = (call: CallExpression, program: PythonProgram): boolean =>
  program.qualifiedName(call.callee) === undefined && operationCall(call, program) === undefined;

const ofName = (node: Expression) =>
  weightsValue({ coverage: "tensor", node, evidence: "name", isFiltered: false });

/** What a name alone says. */
function valueByName(node: NameExpression, { statement, program }: Reading): TrainingValue {
  if (program.qualifiedName(node) !== undefined) return unknownValue(node, statement);
  if (isParametersName(node.id)) {
    return weightsValue({ coverage: "model", node, evidence: "parameters", isFiltered: false });
  }
  if (isWeightName(node.id)) return ofName(node);
  const norm = normInName(node.id);
  // A variable called weight decay is a coefficient; only a function of it computes one.
  const isPenaltyName = norm !== undefined && !isDataLossName(node.id) && !/decay/i.test(node.id);
  if (isPenaltyName) return namedPenalty(node, norm, statement);
  return isDataLossName(node.id)
    ? termValue(node, { kind: "data", reduction: undefined }, statement)
    : unknownValue(node, statement);
}

/** An element of a list, or the entries of all parameters of a model. */
function itemOf(value: TrainingValue, node: Expression, { statement }: Reading): TrainingValue {
  if (value.kind === "weights") return value;
  if (value.kind !== "collection") return unknownValue(node, statement);
  const [first, ...others] = value.items;
  if (first === undefined || first.kind === "collection") return unknownValue(node, statement);
  if (first.kind !== "weights") return others.length === 0 ? first : unknownValue(node, statement);
  const all = value.items.flatMap((item) => (item.kind === "weights" ? item.weights : []));
  return { ...first, weights: all };
}

/** The value that statements before gave to a name, one by one from the last. */
function valueOfEvent(node: NameExpression, event: NameEvent, reading: Reading): TrainingValue {
  const { program } = reading;
  const { statement, isConditional, loops } = event;
  if (statement === undefined || reading.fuel <= 0) return unknownValue(node, reading.statement);
  const there = { ...reading, statement, fuel: reading.fuel - 1 };
  if (statement.value === undefined) return unknownValue(node, reading.statement);
  const own = reading.read(statement.value, there);
  const before = () => {
    const earlier = lastEvent(node.id, statement, program);
    return earlier === undefined ? NOTHING : valueOfEvent(node, earlier, there);
  };
  const seen = (value: TrainingValue) => withStop(value, statement, reading.statement, program);
  const marked = (value: TrainingValue, from: TrainingValue) =>
    mapTerms(value, (term) =>
      from.kind === "terms" && from.terms.includes(term)
        ? term
        : {
            ...term,
            isConditional: term.isConditional || isConditional,
            loops: [...term.loops, ...loops],
          },
    );
  if (statement.kind === "assign") {
    return seen(isConditional ? eitherOf(before(), marked(own, NOTHING)) : marked(own, NOTHING));
  }
  const earlier = before();
  const whole = combine(statement.operator, {
    left: earlier,
    right: own,
    leftNode: statement.target,
    rightNode: statement.value,
    node: statement.value,
    statement,
    isSameText: false,
  });
  return seen(marked(whole, earlier));
}

/** What two ways leave behind: what both have is certain. */
function eitherOf(earlier: TrainingValue, later: TrainingValue): TrainingValue {
  const before = earlier.kind === "terms" ? earlier.terms : [];
  const after = later.kind === "terms" ? later.terms : [];
  const isIn = (terms: readonly Term[], term: Term) =>
    terms.some(({ node, sign }) => node === term.node && sign === term.sign);
  return {
    kind: "terms",
    terms: [
      ...before.map((term) => (isIn(after, term) ? term : { ...term, isConditional: true })),
      ...after.filter((term) => !isIn(before, term)),
    ],
  };
}

/** A value that was computed under `no_grad`, for a use outside of it. */
function withStop(
  value: TrainingValue,
  from: Statement,
  use: Statement | undefined,
  program: PythonProgram,
): TrainingValue {
  const tree = statementTree(program);
  for (const around of tree.around(from)) {
    if (use !== undefined && tree.isIn(use, around)) return value;
    if (around.kind !== "with") continue;
    const context = around.items[0]?.context;
    const name = context?.kind === "call" ? program.qualifiedName(context.callee) : undefined;
    if (context === undefined || !/^torch\.(?:no_grad|inference_mode)$/.test(name ?? "")) continue;
    const { span } = context;
    return blocked(value, { name: `${name}()`, inner: span, outer: span, statement: around });
  }
  return value;
}
