import type { Matrix } from "../../../core/measures/matrix.ts";
import { type Dense, transpose } from "../linear-algebra/products.ts";

export interface SinkhornOptions {
  /** ε > 0: strength of the entropy, in the units of the cost. */
  readonly epsilon: number;
  /** The iteration stops at ‖P1 − a‖₁ below this. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
  /** g [m] to start from, that of a similar problem say; zeros by default. */
  readonly start?: Float64Array;
}

export interface TransportPlan {
  /** P [n, m]; its columns sum to b exactly, its rows to a within the tolerance. */
  readonly plan: Dense;
  /** ⟨P, C⟩ */
  readonly cost: number;
  readonly f: Float64Array;
  readonly g: Float64Array;
  readonly iterations: number;
  /** ‖P1 − a‖₁ */
  readonly marginalError: number;
  readonly hasConverged: boolean;
}

const TOLERANCE = 1e-9;
const MAX_ITERATIONS = 10_000;

/**
 * The plan P ≥ 0 with P1 = a, Pᵀ1 = b of least ⟨P, C⟩ + ε·Σ P(log P − 1), by Sinkhorn's iteration
 * on the dual potentials in the log domain: f = ε·log a − ε·LSE_j((g − C)/ε), and g likewise;
 * P = exp((f + g − C)/ε).
 *
 * `cost` C is [n, m]; `a` [n] and `b` [m] are ≥ 0 and have the same sum. A weight of 0 gives a row or
 * column of zeros. Nothing over- or underflows however small ε is, but the number of iterations grows
 * as 1/ε.
 *
 * @throws {RangeError} If shapes or sums do not fit, an entry is not finite, or ε is not above 0.
 * @see Cuturi 2013, arXiv:1306.0895; Peyré & Cuturi 2019, arXiv:1803.00567, section 4.4.
 */
export function sinkhorn(
  cost: Matrix,
  a: Float64Array,
  b: Float64Array,
  options: SinkhornOptions,
): TransportPlan {
  checkProblem(cost, a, b, options.epsilon);
  const { epsilon, tolerance = TOLERANCE, maxIterations = MAX_ITERATIONS, start } = options;
  const { rows, columns } = cost;
  // Everything is in units of ε from here on.
  const scaled = Float64Array.from(cost.data, (value) => value / epsilon);
  const turned = transpose({ rows, columns, data: scaled }).data;
  const [logA, logB] = [a.map(Math.log), b.map(Math.log)];
  const g = start === undefined ? new Float64Array(columns) : start.map((value) => value / epsilon);
  let f = new Float64Array(rows);
  let next = new Float64Array(rows);
  updatePotential(scaled, g, logA, f);
  let [iterations, marginalError] = [0, Number.POSITIVE_INFINITY];
  while (iterations < maxIterations && marginalError > tolerance) {
    iterations += 1;
    updatePotential(turned, f, logB, g);
    updatePotential(scaled, g, logA, next);
    // The next fᵢ tells the mass of row i as it is: aᵢ·exp(fᵢ − next fᵢ).
    marginalError = a.reduce(
      (sum, weight, row) =>
        weight === 0 ? sum : sum + weight * Math.abs(Math.expm1((f[row] ?? 0) - (next[row] ?? 0))),
      0,
    );
    if (marginalError > tolerance) [f, next] = [next, f];
  }
  const plan = planOf(scaled, f, g);
  return {
    plan: { rows, columns, data: plan },
    cost: plan.reduce(
      (sum, mass, index) => sum + (mass > 0 ? mass * (cost.data[index] ?? 0) : 0),
      0,
    ),
    f: f.map((value) => value * epsilon),
    g: g.map((value) => value * epsilon),
    iterations,
    marginalError,
    hasConverged: marginalError <= tolerance,
  };
}

/** fᵢ = log aᵢ − LSE_j(gⱼ − Cᵢⱼ); the same for g with Cᵀ and b. */
function updatePotential(
  cost: Float64Array,
  g: Float64Array,
  logA: Float64Array,
  f: Float64Array,
): void {
  const columns = g.length;
  for (let row = 0; row < f.length; row += 1) {
    const start = row * columns;
    let most = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < columns; j += 1) {
      most = Math.max(most, (g[j] ?? 0) - (cost[start + j] ?? 0));
    }
    let sum = 0;
    for (let j = 0; j < columns; j += 1) {
      sum += Math.exp((g[j] ?? 0) - (cost[start + j] ?? 0) - most);
    }
    f[row] = (logA[row] ?? 0) - most - Math.log(sum);
  }
}

/** P = exp(f + g − C) */
function planOf(cost: Float64Array, f: Float64Array, g: Float64Array): Float64Array {
  return cost.map((value, at) =>
    Math.exp((f[Math.floor(at / g.length)] ?? 0) + (g[at % g.length] ?? 0) - value),
  );
}

function checkProblem(cost: Matrix, a: Float64Array, b: Float64Array, epsilon: number): void {
  if (cost.rows !== a.length || cost.columns !== b.length || a.length * b.length === 0) {
    throw new RangeError(
      `Cannot transport ${a.length} weights to ${b.length} with costs [${cost.rows}, ${cost.columns}]`,
    );
  }
  if (!Number.isFinite(epsilon) || epsilon <= 0) {
    throw new RangeError(`Cannot transport with ε = ${epsilon}: it must be above 0`);
  }
  const sum = (weights: Float64Array) => weights.reduce((total, weight) => total + weight, 0);
  const [sumA, sumB] = [sum(a), sum(b)];
  const isValid = (weights: Float64Array) => weights.every((weight) => weight >= 0);
  if (!isValid(a) || !isValid(b) || !(Math.abs(sumA - sumB) <= 1e-9 * sumA)) {
    throw new RangeError(
      `Cannot transport a mass of ${sumA} to a mass of ${sumB}: both must be ≥ 0 and equal`,
    );
  }
  if (!cost.data.every((value) => Number.isFinite(value))) {
    throw new RangeError("Cannot transport with a cost that is not finite");
  }
}
