export interface CgSettings {
  readonly iterations: number;
  /** Stops where ‖b − Hx‖ is this share of ‖b‖. */
  readonly tolerance: number;
}

export interface CgSolution {
  readonly x: Float64Array;
  /** Products with H that were taken. */
  readonly products: number;
  /** ‖b − Hx‖/‖b‖ by the recurrence; 0 for b = 0. */
  readonly residual: number;
  /** A direction p with pᵀHp ≤ 0 was met, and x is what was found before. */
  readonly isIndefinite: boolean;
}

/**
 * x with Hx ≈ b by conjugate gradients from x = 0, for a symmetric H that is known by its products.
 * Exact after as many products as H has different eigenvalues, but for rounding; cut short earlier, x
 * is regularised towards directions of large curvature. Where H turns out not to be positive definite
 * it ends, as in Steihaug's rule.
 *
 * @see Hestenes & Stiefel 1952, doi:10.6028/jres.049.044; Steihaug 1983, doi:10.1137/0720042.
 */
export async function conjugateGradients(
  multiply: (vector: Float64Array) => Promise<Float64Array>,
  b: Float64Array,
  { iterations, tolerance }: CgSettings,
): Promise<CgSolution> {
  const x = new Float64Array(b.length);
  const residual = Float64Array.from(b);
  const direction = Float64Array.from(b);
  const whole = dot(b, b);
  let left = whole;
  let products = 0;
  const ended = (isIndefinite: boolean): CgSolution => ({
    x,
    products,
    residual: whole === 0 ? 0 : Math.sqrt(left / whole),
    isIndefinite,
  });
  while (products < iterations && left > tolerance ** 2 * whole) {
    const image = await multiply(direction);
    products++;
    const curvature = dot(direction, image);
    if (!(curvature > 0)) return ended(true);
    const step = left / curvature;
    for (let j = 0; j < x.length; j++) {
      x[j] = (x[j] ?? 0) + step * (direction[j] ?? 0);
      residual[j] = (residual[j] ?? 0) - step * (image[j] ?? 0);
    }
    const next = dot(residual, residual);
    for (let j = 0; j < x.length; j++) {
      direction[j] = (residual[j] ?? 0) + (next / left) * (direction[j] ?? 0);
    }
    left = next;
  }
  return ended(false);
}

/** aᵀb. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] ?? 0) * (b[j] ?? 0);
  return sum;
}
