import type {
  CallExpression,
  ClassStatement,
  Expression,
  FunctionStatement,
  NameExpression,
  Statement,
} from "../syntax/python/ast.ts";
import { constantNumber } from "./call-arguments.ts";
import { calledFunction, parameterValues, resultsOf } from "./called-function.ts";
import { gradientStop } from "./gradient-stop.ts";
import { lossCall } from "./loss-calls.ts";
import { lastEvent, type NameEvent } from "./name-events.ts";
import { lastName } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import type { Reading } from "./reading.ts";
import { statementTree } from "./statement-tree.ts";
import { applyOperation } from "./tensor-application.ts";
import { operationCall } from "./tensor-operations.ts";
import { combine, mapped, negated } from "./term-arithmetic.ts";
import {
  isDataLossName,
  isModelName,
  isParametersName,
  isWeightName,
  normInName,
} from "./training-names.ts";
import {
  blocked,
  isKnown,
  mapTerms,
  NOTHING,
  type Term,
  type TrainingValue,
  termValue,
  unknownValue,
  weightsValue,
} from "./training-term.ts";
import { weightsAttribute, weightsCall } from "./weight-sources.ts";

/** Enough for any loss that a person wrote, and little enough for the stack. */
const FUEL = 160;
/** What a step through a name costs: chains of them are short in real code. */
const JUMP = 10;
/** A function that a function calls is read, none deeper. */
const CALL = 60;
const NO_PARAMETERS: ReadonlyMap<string, TrainingValue> = new Map();

const caches = new WeakMap<PythonProgram, Map<Expression, TrainingValue>>();

/** What an expression of a statement is, as far as losses are concerned. */
export function trainingValue(
  node: Expression,
  statement: Statement | undefined,
  program: PythonProgram,
): TrainingValue {
  const cache = cacheOf(program);
  return readValue(node, {
    program,
    statement,
    parameters: NO_PARAMETERS,
    fuel: FUEL,
    cache,
    read: readValue,
  });
}

function cacheOf(program: PythonProgram): Map<Expression, TrainingValue> {
  const cache = caches.get(program) ?? new Map<Expression, TrainingValue>();
  caches.set(program, cache);
  return cache;
}

function readValue(node: Expression, reading: Reading): TrainingValue {
  if (reading.fuel <= 0) return unknownValue(node, reading.statement);
  const known = reading.cache.get(node);
  if (known !== undefined) return known;
  const value = freshValue(node, reading);
  reading.cache.set(node, value);
  return value;
}

/** Written out: a spread costs more than most readings. */
function burning({ program, statement, parameters, fuel, cache, read }: Reading, cost: number) {
  return { program, statement, parameters, fuel: fuel - cost, cache, read };
}

function freshValue(node: Expression, reading: Reading): TrainingValue {
  const { statement } = reading;
  const inner = burning(reading, 1);
  switch (node.kind) {
    case "name":
      return valueOfName(node, inner);
    case "attribute":
      return valueOfAttribute(node, inner);
    case "call":
      return valueOfCall(node, inner);
    case "binary":
      return valueOfBinary(node, inner);
    case "unary": {
      const value = readValue(node.operand, inner);
      if (node.operator === "+") return value;
      return node.operator === "-" && value.kind === "terms"
        ? negated(value)
        : unknownValue(node, statement);
    }
    case "comprehension":
      return { kind: "collection", items: [filtered(readValue(node.element, inner), node)] };
    case "list":
    case "tuple":
      return { kind: "collection", items: node.elements.map((item) => readValue(item, inner)) };
    case "subscript":
      return valueOfPart(node, inner);
    case "conditional":
      return alternatives(
        [readValue(node.then, inner), readValue(node.otherwise, inner)],
        node,
        reading,
      );
    case "number":
      return node.value === 0 ? NOTHING : unknownValue(node, statement);
    default:
      return unknownValue(node, statement);
  }
}

function filtered(
  value: TrainingValue,
  { clauses }: Extract<Expression, { kind: "comprehension" }>,
): TrainingValue {
  if (clauses.every(({ conditions }) => conditions.length === 0)) return value;
  if (value.kind === "weights") {
    return {
      ...value,
      weights: value.weights.map((weights) => ({ ...weights, isFiltered: true })),
    };
  }
  return mapTerms(value, (term) => {
    if (term.content.kind !== "penalty") return term;
    const weights = term.content.norm.weights.map((item) => ({ ...item, isFiltered: true }));
    return { ...term, content: { kind: "penalty", norm: { ...term.content.norm, weights } } };
  });
}

function valueOfBinary(
  node: Extract<Expression, { kind: "binary" }>,
  reading: Reading,
): TrainingValue {
  const { program, statement } = reading;
  const left = readValue(node.left, reading);
  if (node.operator === "**") {
    const isSquare = constantNumber(node.right, program) === 2;
    if (!isKnown(left)) return unknownValue(node, statement);
    return mapped(left, isSquare ? "square" : "other", { node, statement });
  }
  const textOf = ({ span }: Expression) => program.module.text.slice(span.start, span.end);
  return combine(node.operator, {
    left,
    right: readValue(node.right, reading),
    leftNode: node.left,
    rightNode: node.right,
    node,
    statement,
    isSameText: textOf(node.left) === textOf(node.right),
  });
}

/** `w[1:]`, `params["kernel"]`, `leaves[0]`. */
function valueOfPart(
  node: Extract<Expression, { kind: "subscript" }>,
  reading: Reading,
): TrainingValue {
  const whole = readValue(node.value, reading);
  if (whole.kind === "weights" && whole.map === "identity") {
    const weights = whole.weights.map((item) => ({ ...item, coverage: "tensor" as const, node }));
    return { ...whole, weights };
  }
  const [only, ...others] = whole.kind === "collection" ? whole.items : [];
  const isTree = only?.kind === "weights" && others.length === 0;
  return isTree ? only : unknownValue(node, reading.statement);
}

function alternatives(
  values: readonly TrainingValue[],
  node: Expression,
  { statement }: Reading,
): TrainingValue {
  const terms = values.flatMap((value) => (value.kind === "terms" ? value.terms : []));
  if (values.some(({ kind }) => kind !== "terms") || !terms.some(isTold)) {
    return unknownValue(node, statement);
  }
  return { kind: "terms", terms: terms.map((term) => ({ ...term, isConditional: true })) };
}

const isTold = (term: { readonly content: { readonly kind: string } }) =>
  term.content.kind !== "unknown";

function valueOfAttribute(
  node: Extract<Expression, { kind: "attribute" }>,
  reading: Reading,
): TrainingValue {
  const { statement } = reading;
  const weights = weightsAttribute(node, reading.program);
  if (weights !== undefined) return weights;
  const stop = gradientStop(node);
  if (stop !== undefined) return blocked(readValue(node.value, reading), stop);
  if (/^(?:T|mT|H|flat|real)$/.test(node.attribute)) return readValue(node.value, reading);
  const isOfModel = isModelName(lastName(node.value) ?? "");
  if (node.attribute === "losses" && isOfModel) {
    return { kind: "collection", items: [namedPenalty(node, "unknown", statement, "layers")] };
  }
  const isLoss = node.attribute === "loss";
  return isLoss
    ? termValue(node, { kind: "data", reduction: undefined }, statement)
    : unknownValue(node, statement);
}

function namedPenalty(
  node: Expression,
  kind: "l1" | "l2" | "unknown",
  statement: Statement | undefined,
  source: "named" | "layers" = "named",
): TrainingValue {
  const norm = { kind, reduction: "sum", scale: 1, weights: [], source, node } as const;
  return termValue(node, { kind: "penalty", norm }, statement);
}

function valueOfName(node: NameExpression, reading: Reading): TrainingValue {
  const { program, parameters, statement } = reading;
  const definition = program.definition(node);
  const next = burning(reading, JUMP);
  switch (definition?.kind) {
    case "parameter":
      return parameters.get(node.id) ?? valueByName(node, reading);
    case "iterated":
      return itemOf(readValue(definition.iterable, next), node, reading);
    case "assigned": {
      // Not what the parameters of another function are.
      const isOwn = sameScope(definition.statement, statement, program);
      const there = { ...next, statement: definition.statement };
      const value = readValue(definition.value, isOwn ? there : withoutParameters(there));
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

const withoutParameters = (reading: Reading): Reading => ({
  ...reading,
  parameters: NO_PARAMETERS,
  cache: cacheOf(reading.program),
});

const isZero = (value: TrainingValue) => value.kind === "terms" && value.terms.length === 0;

function sameScope(a: Statement, b: Statement | undefined, program: PythonProgram): boolean {
  const tree = statementTree(program);
  return b !== undefined && tree.scopeOf(a) === tree.scopeOf(b);
}

const MAKERS =
  /^(?:zeros|ones|rand|randn|random|normal|uniform|standard_normal|Parameter|Variable|tensor|empty|full|array|zeros_like|xavier\w*|glorot\w*|truncated_normal|random_normal|random_uniform|add_weight|get_variable|create_parameter|fromarray|copy|requires_grad_|param)$/;

/** A name that is given an array of which nothing is known: weights, when it says so. */
function valueOfMade(node: NameExpression, value: Expression, reading: Reading): TrainingValue {
  let made = value;
  while (made.kind === "binary") made = made.left.kind === "number" ? made.right : made.left;
  const maker = made.kind === "call" ? (lastName(made.callee) ?? "") : "";
  if (/^(?:Parameter|add_weight|get_variable|create_parameter|param)$/.test(maker)) {
    return weightsValue({ coverage: "tensor", node, evidence: "parameters", isFiltered: false });
  }
  if (isWeightName(node.id)) {
    return MAKERS.test(maker) ? ofName(node) : unknownValue(node, reading.statement);
  }
  return valueByName(node, reading);
}

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
  // `l1` alone is as often a layer or a coefficient.
  if (norm !== undefined && !isDataLossName(node.id)) return namedPenalty(node, norm, statement);
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
  if (statement === undefined) return unknownValue(node, reading.statement);
  const there = { ...reading, statement };
  if (statement.value === undefined) return unknownValue(node, reading.statement);
  const own = readValue(statement.value, there);
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

function valueOfCall(call: CallExpression, reading: Reading): TrainingValue {
  const { program, statement } = reading;
  const weights = weightsCall(call, program);
  if (weights !== undefined) return weights;
  const operation = operationCall(call, program);
  if (operation !== undefined) {
    const value = applyOperation(operation, reading);
    if (value !== undefined) return value;
  }
  const owner = ownerOf(statement, program);
  const followed = valueOfLocalCall(call, owner, reading);
  if (followed !== undefined && isKnown(followed)) return followed;
  const data = lossCall(call, owner, program);
  if (data !== undefined) {
    return termValue(call, { kind: "data", reduction: data.reduction }, statement);
  }
  return valueOfNamedCall(call, reading) ?? unknownValue(call, statement);
}

function ownerOf(
  statement: Statement | undefined,
  program: PythonProgram,
): ClassStatement | undefined {
  if (statement === undefined) return undefined;
  return statementTree(program)
    .around(statement)
    .find((around): around is ClassStatement => around.kind === "class");
}

function valueOfLocalCall(
  call: CallExpression,
  owner: ClassStatement | undefined,
  reading: Reading,
): TrainingValue | undefined {
  const { program } = reading;
  const target = calledFunction(call, owner, program);
  if (target === undefined || reading.fuel <= CALL) return undefined;
  const parameters = parameterValues(target, call, (node) => readValue(node, reading));
  if (![...parameters.values()].some(isKnown)) {
    // What the call gives tells nothing: the function is read once for all such calls.
    return resultOf(target.function, { ...withoutParameters(reading), fuel: reading.fuel - CALL });
  }
  const fuel = reading.fuel - CALL;
  return resultOf(target.function, { ...reading, parameters, fuel, cache: new Map() });
}

/** The result of a function for the parameters of a reading. */
function resultOf(target: FunctionStatement, reading: Reading): TrainingValue | undefined {
  const results = resultsOf(target, reading.program).flatMap(({ statement, value }) => {
    const result = readValue(value, { ...reading, statement });
    return isKnown(result) ? [result] : [];
  });
  const [only, ...others] = results;
  return others.length === 0 ? only : undefined;
}

/** `l2(net)` and `net.l2_penalty()`, which nothing in the document computes. */
function valueOfNamedCall(call: CallExpression, { statement }: Reading): TrainingValue | undefined {
  const name = lastName(call.callee) ?? "";
  const norm = /^[A-Z]/.test(name)
    ? undefined
    : normInName(name.replace(/^(?:get|compute|calc|calculate)_/, ""));
  if (norm === undefined) return undefined;
  const [first, ...others] = call.arguments;
  const receiver = call.callee.kind === "attribute" ? call.callee.value : undefined;
  const isOfModel = (node: Expression | undefined) => {
    const id = node === undefined ? "" : (lastName(node) ?? "");
    return isModelName(id) || isWeightName(id) || isParametersName(id);
  };
  const takesModel = first !== undefined && others.length < 2 && isOfModel(first.value);
  const isMethod = first === undefined && isOfModel(receiver);
  return takesModel || isMethod ? namedPenalty(call, norm, statement) : undefined;
}
