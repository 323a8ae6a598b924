import type { BinaryExpression, Expression, Statement } from "../syntax/python/ast.ts";
import { constantNumber } from "./call-arguments.ts";
import { valueOfCall } from "./called-value.ts";
import { gradientStop } from "./gradient-stop.ts";
import { valueOfName } from "./named-value.ts";
import { lastName } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";
import { burning, FUEL, NO_PARAMETERS, type Reading } from "./reading.ts";
import { combine, negated } from "./term-arithmetic.ts";
import { isModelName } from "./training-names.ts";
import {
  blocked,
  isKnown,
  mapTerms,
  NOTHING,
  namedPenalty,
  type TrainingValue,
  termValue,
  unknownValue,
} from "./training-term.ts";
import { mapped } from "./weight-norms.ts";
import { weightsAttribute } from "./weight-sources.ts";

const caches = new WeakMap<PythonProgram, Map<Expression, TrainingValue>>();

/** What an expression of a statement is, as far as losses are concerned. */
export function trainingValue(
  node: Expression,
  statement: Statement | undefined,
  program: PythonProgram,
): TrainingValue {
  const shared = caches.get(program) ?? new Map<Expression, TrainingValue>();
  caches.set(program, shared);
  return readValue(node, {
    program,
    statement,
    parameters: NO_PARAMETERS,
    fuel: FUEL,
    cache: shared,
    shared,
    read: readValue,
  });
}

function readValue(node: Expression, reading: Reading): TrainingValue {
  if (reading.fuel <= 0) return unknownValue(node, reading.statement);
  const known = reading.cache.get(node);
  if (known !== undefined) return known;
  const value = freshValue(node, reading);
  reading.cache.set(node, value);
  return value;
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

function valueOfBinary(node: BinaryExpression, reading: Reading): TrainingValue {
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
