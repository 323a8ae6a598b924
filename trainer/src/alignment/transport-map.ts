import { type Dense, multiply } from "../linear-algebra/products.ts";

/**
 * Σⱼ Pᵢⱼ·xⱼ / Σⱼ Pᵢⱼ: where a plan P [n, m] sends each row, as a point among the rows x [m, d].
 *
 * A row without mass goes to the mean.
 *
 * @see Ferradans et al. 2014, doi:10.1137/130929886, section 2.3.
 */
export function barycentricProjection(plan: Dense, to: Dense): Dense {
  const projected = multiply(plan, to);
  for (let row = 0; row < plan.rows; row += 1) {
    const mass = plan.data
      .subarray(row * plan.columns, (row + 1) * plan.columns)
      .reduce((sum, value) => sum + value, 0);
    const part = projected.data.subarray(row * to.columns, (row + 1) * to.columns);
    for (const [k, value] of part.entries()) part[k] = mass > 0 ? value / mass : 0;
  }
  return projected;
}

/** Mean over the rows of the largest share that a row gives to one partner: 1 is an assignment. */
export function planSharpness({ rows, columns, data }: Dense): number {
  let sum = 0;
  for (let row = 0; row < rows; row += 1) {
    const part = data.subarray(row * columns, (row + 1) * columns);
    const mass = part.reduce((total, value) => total + value, 0);
    if (mass > 0) sum += part.reduce((most, value) => Math.max(most, value), 0) / mass;
  }
  return sum / rows;
}
