/**
 * Exponential moving average with the bias of its start taken out:
 * sᵢ = w·sᵢ₋₁ + (1 − w)·vᵢ, shown as sᵢ / (1 − wⁱ), i counting from 1; the weighted mean of all values
 * so far, a value of age a weighing wᵃ.
 *
 * `weight` w in [0, 1): 0 copies the values. A value that is not finite stays in place and does not
 * enter the average.
 *
 * @param into receives the averages; at least as long as `values`
 */
export function movingAverage(values: Float64Array, weight: number, into: Float64Array): void {
  if (!(weight > 0)) {
    into.set(values);
    return;
  }
  let average = 0;
  let bias = 1;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (Number.isFinite(value)) {
      average = weight * average + (1 - weight) * value;
      bias *= weight;
      into[index] = average / (1 - bias);
    } else {
      into[index] = value;
    }
  }
}
