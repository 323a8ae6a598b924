import { createRandom } from "../../trainer/src/random.ts";

/** ½wᵀQw − bᵀw with a positive definite Q [n, n]. */
export interface Quadratic {
  readonly q: readonly (readonly number[])[];
  readonly b: readonly number[];
}

/** (XᵀX/m, Xᵀy/m) of a random design: least squares of 40 samples on 6 features, two of them unused. */
export function leastSquares(): Quadratic {
  const random = createRandom(11, "least-squares");
  const truth = [1.5, -2, 0, 0.5, 0, 1];
  const rows = Array.from({ length: 40 }, () => truth.map(() => random.normal()));
  const targets = rows.map((row) => dot(row, truth) + 0.1 * random.normal());
  const q = truth.map((_, i) => truth.map((__, j) => mean(rows.map((row) => row[i]! * row[j]!))));
  const b = truth.map((_, i) => mean(rows.map((row, k) => row[i]! * targets[k]!)));
  return { q, b };
}

export function gradientAt({ q, b }: Quadratic, w: readonly number[]): number[] {
  return q.map((row, i) => dot(row, w) - b[i]!);
}

/**
 * Minimum of ½wᵀQw − bᵀw + λ₁‖w‖₁ + (λ₂/2)‖w‖², by cyclic coordinate descent in binary64 to the last
 * digit; independent of every optimizer under test.
 */
export function coordinateDescent({ q, b }: Quadratic, l1: number, l2: number): number[] {
  const w = b.map(() => 0);
  for (let sweep = 0; sweep < 2000; sweep++) {
    for (const [j, row] of q.entries()) {
      const rest = b[j]! - dot(row, w) + row[j]! * w[j]!;
      w[j] = (Math.sign(rest) * Math.max(0, Math.abs(rest) - l1)) / (row[j]! + l2);
    }
  }
  return w;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
