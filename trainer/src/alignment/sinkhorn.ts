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
  const problem: Scaled = {
    cost: scaled,
    turned: transpose({ rows, columns, data: scaled }).data,
    a,
    b,
    logA: a.map(Math.log),
    logB: b.map(Math.log),
  };
  const f = new Float64Array(rows);
  const g = b.map((weight, j) =>
    weight === 0 ? Number.NEGATIVE_INFINITY : (start?.[j] ?? 0) / epsilon,
  );
  updatePotential(scaled, g, problem.logA, f);
  let [iterations, marginalError] = [0, Number.POSITIVE_INFINITY];
  while (iterations < maxIterations && marginalError > tolerance) {
    const found = scaleKernel(problem, f, g, { tolerance, left: maxIterations - iterations });
    iterations += found.iterations;
    marginalError = found.marginalError;
    if (found.hasBroken) {
      updatePotential(problem.turned, f, problem.logB, g);
      updatePotential(scaled, g, problem.logA, f);
      iterations += 1;
    }
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

/** The problem in units of ε. */
interface Scaled {
  readonly cost: Float64Array;
  /** Cᵀ */
  readonly turned: Float64Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly logA: Float64Array;
  readonly logB: Float64Array;
}

/** Factors beyond this are taken into the potentials, long before they could overflow. */
const LARGEST_FACTOR = 1e30;

/**
 * Iterates on K = exp(f + g − C) with factors u and v: v = b/(Kᵀu), u = a/(Kv), and takes both into
 * `f` and `g` at the end, which is when the tolerance is met, a factor grows too large, or a sum is no
 * longer above 0 (`hasBroken`; the factors before that are kept).
 *
 * The numbers are those of the log domain, at a tenth of its cost.
 *
 * @see Schmitzer 2019, arXiv:1610.06519, section 3.1.
 */
function scaleKernel(
  { cost, a, b }: Scaled,
  f: Float64Array,
  g: Float64Array,
  { tolerance, left }: { readonly tolerance: number; readonly left: number },
) {
  const kernel = planOf(cost, f, g);
  let u: Float64Array = new Float64Array(a.length).fill(1);
  let v: Float64Array = new Float64Array(b.length).fill(1);
  let [iterations, marginalError, hasBroken, isLarge] = [0, Number.POSITIVE_INFINITY, false, false];
  while (iterations < left && marginalError > tolerance && !hasBroken && !isLarge) {
    const nextV = quotient(b, columnSums(kernel, u, b.length));
    const masses = rowSums(kernel, nextV, a.length);
    const nextU = quotient(a, masses);
    hasBroken = !isPositive(nextU, a) || !isPositive(nextV, b);
    if (hasBroken) break;
    iterations += 1;
    marginalError = a.reduce(
      (sum, weight, row) => sum + Math.abs((u[row] ?? 0) * (masses[row] ?? 0) - weight),
      0,
    );
    v = nextV;
    if (marginalError > tolerance) u = nextU;
    isLarge = [u, v].some((factors) =>
      factors.some((factor) => factor > LARGEST_FACTOR || factor < 1 / LARGEST_FACTOR),
    );
  }
  for (const [row, factor] of u.entries()) f[row] = (f[row] ?? 0) + Math.log(factor);
  for (const [column, factor] of v.entries()) g[column] = (g[column] ?? 0) + Math.log(factor);
  return { iterations, marginalError, hasBroken };
}

/** weights/sums; 1 where the weight is 0, as its potential is −∞ already. */
function quotient(weights: Float64Array, sums: Float64Array): Float64Array {
  return weights.map((weight, index) => (weight === 0 ? 1 : weight / (sums[index] ?? 0)));
}

function isPositive(factors: Float64Array, weights: Float64Array): boolean {
  return factors.every(
    (factor, index) => weights[index] === 0 || (factor > 0 && Number.isFinite(factor)),
  );
}

/** Kᵀu */
function columnSums(kernel: Float64Array, u: Float64Array, columns: number): Float64Array {
  const sums = new Float64Array(columns);
  for (let row = 0, at = 0; row < u.length; row += 1) {
    const factor = u[row] ?? 0;
    for (let j = 0; j < columns; j += 1, at += 1) {
      sums[j] = (sums[j] ?? 0) + factor * (kernel[at] ?? 0);
    }
  }
  return sums;
}

/** Kv */
function rowSums(kernel: Float64Array, v: Float64Array, rows: number): Float64Array {
  const sums = new Float64Array(rows);
  for (let row = 0, at = 0; row < rows; row += 1) {
    let sum = 0;
    for (let j = 0; j < v.length; j += 1, at += 1) sum += (kernel[at] ?? 0) * (v[j] ?? 0);
    sums[row] = sum;
  }
  return sums;
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
