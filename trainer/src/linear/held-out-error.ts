import type { Moments } from "./moments.ts";
import type { Kernels } from "./solver/kernels.ts";
import type { TrainingMoments } from "./training-moments.ts";

/** Weight vectors that the kernel takes at a time. */
const AT_ONCE = 4;

/**
 * Mean over the held rows of Σₖ(yₖ − ŷₖ)² for every fit of `coefficients` [fits, outputs, columns],
 * with ŷ = ȳ + (x − x̄)ᵀw and the means of the training part; from moments alone.
 *
 * Exact up to about 10⁻¹⁵ of the mean of y²: of no use for errors that are smaller than that by far.
 */
export function heldOutErrors(
  kernels: Kernels,
  training: TrainingMoments,
  held: Moments,
  coefficients: Float64Array,
): Float64Array {
  const { ld, columns, outputs } = training;
  const vectors = coefficients.length / columns;
  const gram = kernels.numbers(ld * ld);
  const w = kernels.numbers(AT_ONCE * ld);
  const forms = kernels.numbers(AT_ONCE);
  kernels.floats(gram, ld * ld).set(held.gram);
  const errors = new Float64Array(vectors / outputs);
  for (let first = 0; first < vectors; first += AT_ONCE) {
    const count = Math.min(AT_ONCE, vectors - first);
    const weights = kernels.floats(w, AT_ONCE * ld).fill(0);
    for (let index = 0; index < count; index++) {
      const at = (first + index) * columns;
      weights.set(coefficients.subarray(at, at + columns), index * ld);
    }
    kernels.quadraticForms(gram, w, ld, forms);
    for (let index = 0; index < count; index++) {
      const output = (first + index) % outputs;
      const linear = linearPart(training, held, weights.subarray(index * ld), output);
      const sum = Math.max(0, (kernels.floats(forms, AT_ONCE)[index] ?? 0) + linear);
      errors[Math.floor((first + index) / outputs)] =
        (errors[Math.floor((first + index) / outputs)] ?? 0) + sum / held.rows;
    }
  }
  return errors;
}

/** Σ(y − ŷ)² without wᵀGw, where G is about the common point and not about the training means. */
function linearPart(
  { ld, columns, mean, meanY }: TrainingMoments,
  held: Moments,
  weights: Float64Array,
  output: number,
): number {
  const { rows } = held;
  const shiftY = meanY[output] ?? 0;
  const sumY = held.sumY[output] ?? 0;
  let fitted = 0;
  let shift = 0;
  let sum = 0;
  for (let j = 0; j < columns; j++) {
    const weight = weights[j] ?? 0;
    if (weight === 0) continue;
    const at = mean[j] ?? 0;
    const around = shiftY * (held.sum[j] ?? 0) + at * sumY - rows * shiftY * at;
    fitted += weight * ((held.cross[output * ld + j] ?? 0) - around);
    shift += at * weight;
    sum += (held.sum[j] ?? 0) * weight;
  }
  const target = (held.squareY[output] ?? 0) - 2 * shiftY * sumY + rows * shiftY * shiftY;
  return target - 2 * fitted - 2 * shift * sum + rows * shift * shift;
}
