import type { Expression } from "../syntax/python/ast.ts";
import { constantNumber } from "./call-arguments.ts";
import { gradientStopCall } from "./gradient-stop.ts";
import type { Reading } from "./reading.ts";
import {
  exponentOf,
  leavesAxis,
  normOrder,
  type OperationCall,
  type TensorOperation,
} from "./tensor-operations.ts";
import { isSameVector } from "./term-arithmetic.ts";
import {
  blocked,
  isKnown,
  NOTHING,
  type NormKind,
  type TrainingValue,
  unknownValue,
  type WeightsValue,
} from "./training-term.ts";
import { mapped, normOf, reduced } from "./weight-norms.ts";

type Apply = (
  value: TrainingValue,
  operation: OperationCall,
  reading: Reading,
) => TrainingValue | undefined;

const eachEntry =
  (map: "abs" | "square" | "sqrt"): Apply =>
  (value, { call }, { statement }) =>
    isKnown(value) ? mapped(value, map, { node: call, statement }) : undefined;

const reduce =
  (reduction: "sum" | "mean"): Apply =>
  (value, operation, { statement }) => {
    const { call } = operation;
    const isBuiltIn = call.callee.kind === "name" && call.callee.id === "sum";
    const axis = !isBuiltIn && leavesAxis(operation);
    return reduced(value, reduction, axis, { node: call, statement });
  };

const applyPower: Apply = (value, operation, { program, statement }) => {
  const map = exponentOf(operation, program) === 2 ? "square" : "other";
  return isKnown(value) ? mapped(value, map, { node: operation.call, statement }) : undefined;
};

const applyHalfSquare: Apply = (value, { call }, { statement }) => {
  const isWhole = value.kind === "weights" && value.map === "identity";
  const written = { node: call, statement };
  return isWhole ? normOf(value, "l2squared", written, { scale: 0.5 }) : undefined;
};

const APPLY: Readonly<Record<Exclude<TensorOperation, "map" | "fold">, Apply>> = {
  abs: eachEntry("abs"),
  square: eachEntry("square"),
  sqrt: eachEntry("sqrt"),
  power: applyPower,
  sum: reduce("sum"),
  mean: reduce("mean"),
  norm: applyNorm,
  "global norm": (value, { call }, { statement }) =>
    value.kind === "weights" ? normOf(value, "l2", { node: call, statement }) : undefined,
  dot: applyDot,
  "half square": applyHalfSquare,
  join: joined,
  cut: (value, operation, reading) =>
    isKnown(value) ? blocked(value, gradientStopCall(operation)) : zeroOf(operation, reading),
  same: (value, operation, reading) => (isKnown(value) ? value : zeroOf(operation, reading)),
  leaves: (value) =>
    value.kind === "weights" ? { kind: "collection", items: [value] } : undefined,
};

/** What an operation makes of its operand; `undefined` where the call may mean something else. */
export function applyOperation(
  operation: OperationCall,
  reading: Reading,
): TrainingValue | undefined {
  const { operation: kind, operand } = operation;
  if (kind === "map" || kind === "fold") return applyFunction(operation, reading);
  return APPLY[kind](reading.read(operand, reading), operation, reading);
}

/** `torch.tensor(0.0)`: the start of a sum. */
function zeroOf({ operand }: OperationCall, { program }: Reading): TrainingValue | undefined {
  return constantNumber(operand, program) === 0 ? NOTHING : undefined;
}

const KINDS: ReadonlyMap<number | undefined, NormKind> = new Map([
  [1, "l1"],
  [2, "l2"],
]);

function applyNorm(
  value: TrainingValue,
  operation: OperationCall,
  { program, statement }: Reading,
): TrainingValue | undefined {
  const written = { node: operation.call, statement };
  const order = normOrder(operation, program);
  const tensor = value.kind === "collection" ? joined(value) : value;
  if (tensor?.kind === "collection") {
    // The norm of all norms of the parts is the norm of the whole.
    const norms = reduced(tensor, "sum", false, written);
    return order === 2 && norms.kind === "terms" && norms.terms.length === 1 ? norms : undefined;
  }
  if (tensor?.kind !== "weights") return undefined;
  if (leavesAxis(operation)) return { ...tensor, map: order === 2 ? "group norm" : "other" };
  const isPlain = tensor.map === "identity" || tensor.map === "absolute";
  const kind = isPlain ? (KINDS.get(order) ?? "other") : "other";
  return normOf(tensor, kind, written);
}

/** `np.dot(w, w)`, `w.T.dot(w)`. */
function applyDot(
  value: TrainingValue,
  { call, offset }: OperationCall,
  reading: Reading,
): TrainingValue | undefined {
  const second = call.arguments[offset]?.value;
  const other = second && reading.read(second, reading);
  const isSquare =
    value.kind === "weights" &&
    other?.kind === "weights" &&
    value.map === "identity" &&
    other.map === "identity" &&
    isSameVector(value, other);
  return isSquare
    ? normOf(value, "l2squared", { node: call, statement: reading.statement })
    : undefined;
}

/** `torch.cat([p.view(-1) for p in net.parameters()])` has the entries of all of them. */
function joined(value: TrainingValue): TrainingValue | undefined {
  if (value.kind !== "collection") return isKnown(value) ? value : undefined;
  const weights = value.items.filter((item): item is WeightsValue => item.kind === "weights");
  const [first] = weights;
  if (first === undefined) return isKnown(value) ? value : undefined;
  const isEven =
    weights.length === value.items.length && weights.every(({ map }) => map === first.map);
  return isEven ? { ...first, weights: weights.flatMap((item) => item.weights) } : undefined;
}

/** `map(lambda p: …, parameters)`, `tree_reduce(lambda total, p: …, params, 0)`. */
function applyFunction(operation: OperationCall, reading: Reading): TrainingValue | undefined {
  const { call } = operation;
  const [fn, ...rest] = call.arguments.map(({ value }) => value);
  const sequence = rest[0];
  if (fn?.kind !== "lambda" || sequence === undefined) return undefined;
  const over = entriesOf(sequence, reading);
  const isFold = operation.operation === "fold";
  const [first, second] = fn.parameters.map(({ name }) => name);
  if (over === undefined || first === undefined) return undefined;
  const parameters = new Map(reading.parameters);
  if (isFold) parameters.set(first, NOTHING);
  const element = isFold ? second : first;
  if (element === undefined) return undefined;
  parameters.set(element, over);
  const value = reading.read(fn.body, {
    ...reading,
    parameters,
    fuel: reading.fuel - 1,
    cache: new Map(),
  });
  if (!isKnown(value)) return unknownValue(call, reading.statement);
  return isFold ? value : { kind: "collection", items: [value] };
}

function entriesOf(sequence: Expression, reading: Reading): WeightsValue | undefined {
  const value = reading.read(sequence, reading);
  const tensor = value.kind === "collection" ? joined(value) : value;
  return tensor?.kind === "weights" ? tensor : undefined;
}
