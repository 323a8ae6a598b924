/** Activations and losses as expressions: compositions of what every library has. */
import type { Expression } from "../syntax/python/ast.ts";
import { binaryIr, type Ir, numberIr, reduceIr, squaredNormIr, unaryIr } from "./ir.ts";
import { literalInteger, type Meaning } from "./lowered-call.ts";

/** 1 / (1 + e⁻ˣ). */
const logistic: Meaning = ({ arguments: [operand, second], origin }) => {
  if (operand === undefined || second !== undefined) return undefined;
  const denominator = binaryIr("+", numberIr(1), unaryIr("exp", unaryIr("negate", operand)));
  return binaryIr("/", numberIr(1), denominator, origin);
};

const meanSquaredError: Meaning = (call) => {
  const [left, right] = call.arguments;
  if (left === undefined || right === undefined || call.keywords.size > 0) return undefined;
  const squared = binaryIr("**", binaryIr("-", left, right), numberIr(2));
  return reduceIr("mean", squared, {}, call.origin);
};

/** max(x, 0). */
const rectified: Meaning = ({ arguments: [operand, second], origin }) =>
  operand === undefined || second !== undefined
    ? undefined
    : binaryIr("maximum", operand, numberIr(0), origin);

/** sign(x)·max(|x| − λ, 0). */
const softShrink: Meaning = ({ arguments: [operand, second], keywords, origin }) => {
  const threshold = second ?? keywords.get("lambd") ?? numberIr(0.5);
  if (operand === undefined) return undefined;
  const rest = binaryIr("-", unaryIr("abs", operand), threshold);
  const size = binaryIr("maximum", rest, numberIr(0));
  return binaryIr("*", unaryIr("sign", operand), size, origin);
};

/** log(1 + x). */
const logOnePlus: Meaning = ({ arguments: [operand, second], origin }) =>
  operand === undefined || second !== undefined
    ? undefined
    : unaryIr("log", binaryIr("+", numberIr(1), operand), origin);

/** log(1 + eˣ). */
const softPlus: Meaning = ({ arguments: [operand, second], keywords, origin }) =>
  operand === undefined || second !== undefined || keywords.size > 0
    ? undefined
    : unaryIr("log", binaryIr("+", numberIr(1), unaryIr("exp", operand)), origin);

/** log(eᵃ + eᵇ). */
const logAddExp: Meaning = ({ arguments: [left, right], origin }) =>
  left === undefined || right === undefined
    ? undefined
    : unaryIr("log", binaryIr("+", unaryIr("exp", left), unaryIr("exp", right)), origin);

/** 2/(1 + e⁻²ˣ) − 1. */
const hyperbolicTangent: Meaning = ({ arguments: [operand, second], origin }) => {
  if (operand === undefined || second !== undefined) return undefined;
  const power = unaryIr("exp", binaryIr("*", numberIr(-2), operand));
  const twice = binaryIr("/", numberIr(2), binaryIr("+", numberIr(1), power));
  return binaryIr("-", twice, numberIr(1), origin);
};

/** eˣ / Σ eˣ along an axis. */
const softmax: Meaning = ({ arguments: [operand, second], keywords, origin }) => {
  const axis = literalInteger(second ?? keywords.get("axis") ?? keywords.get("dim"));
  if (operand === undefined || axis === undefined) return undefined;
  const powers = unaryIr("exp", operand);
  const total = reduceIr("sum", powers, { axis, keepsAxis: true });
  return binaryIr("/", powers, total, origin);
};

const logSoftmax: Meaning = (call) => {
  const shares = softmax(call);
  return shares && unaryIr("log", shares, call.origin);
};

/** −mean(y·log p + (1 − y)·log(1 − p)). */
function crossEntropy(probabilities: Ir, targets: Ir, origin: Expression): Ir {
  const one = numberIr(1);
  const hit = binaryIr("*", targets, unaryIr("log", probabilities));
  const rest = unaryIr("log", binaryIr("-", one, probabilities));
  const miss = binaryIr("*", binaryIr("-", one, targets), rest);
  return unaryIr("negate", reduceIr("mean", binaryIr("+", hit, miss)), origin);
}

const binaryCrossEntropy: Meaning = ({ arguments: [first, second, third], keywords, origin }) =>
  first === undefined || second === undefined || third !== undefined || keywords.size > 0
    ? undefined
    : crossEntropy(first, second, origin);

const logLoss: Meaning = ({ arguments: [targets, probabilities, third], keywords, origin }) =>
  targets === undefined || probabilities === undefined || third !== undefined || keywords.size > 0
    ? undefined
    : crossEntropy(probabilities, targets, origin);

const crossEntropyOfLogits: Meaning = (call) => {
  const [logits, targets, third] = call.arguments;
  if (logits === undefined || targets === undefined || third !== undefined) return undefined;
  const shares = logistic({ ...call, arguments: [logits], keywords: new Map() });
  return shares === undefined || call.keywords.size > 0
    ? undefined
    : crossEntropy(shares, targets, call.origin);
};

/** x·yᵀ of two vectors. */
const outer: Meaning = ({ arguments: [left, right], origin }) =>
  left === undefined || right === undefined
    ? undefined
    : binaryIr(
        "@",
        unaryIr("column", left),
        unaryIr("transpose", unaryIr("column", right)),
        origin,
      );

/** Σ x² / 2. */
const halfSquare: Meaning = ({ arguments: [operand], origin }) =>
  operand === undefined ? undefined : binaryIr("/", squaredNormIr(operand), numberIr(2), origin);

/** The functions by their names below the library. */
export const MODEL_FUNCTIONS: Readonly<Record<string, Meaning>> = {
  tanh: hyperbolicTangent,
  relu: rectified,
  softshrink: softShrink,
  log1p: logOnePlus,
  softplus: softPlus,
  logaddexp: logAddExp,
  softmax: softmax,
  log_softmax: logSoftmax,
  binary_cross_entropy: binaryCrossEntropy,
  binary_cross_entropy_with_logits: crossEntropyOfLogits,
  log_loss: logLoss,
  outer: outer,
  l2_loss: halfSquare,
  sigmoid: logistic,
  expit: logistic,
  mse_loss: meanSquaredError,
  mean_squared_error: meanSquaredError,
};
