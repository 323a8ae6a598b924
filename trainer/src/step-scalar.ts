import { expm1, mul, neg, type Scalar, sub } from "@tensorflow/tfjs-core";

/**
 * A number that changes from step to step: as a number where steps run one by one, as a tensor
 * where a step is compiled once and given the value anew each time.
 */
export type StepScalar = number | Scalar;

/** a·b. */
export function times(a: StepScalar, b: StepScalar): StepScalar {
  return typeof a === "number" && typeof b === "number" ? a * b : mul<Scalar>(a, b);
}

/** a − b; `a` itself where b is 0. */
export function minus(a: StepScalar, b: number): StepScalar {
  if (b === 0) return a;
  return typeof a === "number" ? a - b : sub<Scalar>(a, b);
}

/** 1 − a. */
export function oneMinus(a: StepScalar): StepScalar {
  return typeof a === "number" ? 1 - a : sub<Scalar>(1, a);
}

/**
 * 1 − baseᵗ for 0 ≤ base < 1 and t ≥ 0.
 *
 * As a tensor −expm1(t·ln base): in binary32 the plain difference loses four digits at base 0.999.
 */
export function oneMinusPower(base: number, exponent: StepScalar): StepScalar {
  if (typeof exponent === "number") return 1 - base ** exponent;
  return base === 0 ? 1 : neg<Scalar>(expm1(mul(exponent, Math.log(base))));
}
