/** x·y, summed in order. Entries beyond the shorter vector count as 0. */
export function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < x.length; k += 1) sum += (x[k] ?? 0) * (y[k] ?? 0);
  return sum;
}

/** ‖x‖₂ */
export function norm(x: Float64Array): number {
  return Math.sqrt(dot(x, x));
}

/** target += factor · x */
export function addScaled(target: Float64Array, x: Float64Array, factor: number): void {
  for (let k = 0; k < target.length; k += 1) target[k] = (target[k] ?? 0) + factor * (x[k] ?? 0);
}
