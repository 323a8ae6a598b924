/** A strength as code would write it, to three significant figures: `1e-4`, `0.183`, `2`. */
export function lambdaText(lambda: number): string {
  if (lambda === 0 || !Number.isFinite(lambda)) return String(lambda);
  const size = Math.abs(lambda);
  const rounded = Number(lambda.toPrecision(3));
  return size < 0.01 || size >= 1e6 ? rounded.toExponential() : String(rounded);
}
