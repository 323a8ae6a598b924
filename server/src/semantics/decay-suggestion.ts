/** Ten epochs of an assumed 1,000 steps; the number of steps is not known from the code. */
export const STEPS_OF_TEN_EPOCHS = 10_000;

/**
 * Decay for which a weight without gradients shrinks to 1/e in so many steps, 1 / (lr · steps),
 * rounded to one digit and written as Python reads it.
 */
export function decayForSteps(rate: number, steps: number): string {
  return numberText(Number((1 / (rate * steps)).toPrecision(1)));
}

/** `0.01` and `1e-5`, as people write them. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e6)) return String(value);
  return value.toExponential().replace("e+", "e");
}
