import { coupling, type Problem, pass } from "./class-problem.ts";
import type { Address, Kernels } from "./solver/kernels.ts";

/** Rows that the kernels take at a time. */
const BLOCK_ROWS = 256;

/** The exact curvature of every class at the weights as they are. */
export function renewCurvature(kernels: Kernels, problem: Problem): void {
  const { classes, ld, w, trialSlopes, own } = problem;
  pass(kernels, problem, w, trialSlopes);
  for (let k = 0; k < classes; k++) {
    const gram = own[k] ?? 0;
    const cross = new Float64Array(ld);
    const sum = addWeightedRows(kernels, problem, k, gram, cross);
    if (sum <= 0) continue;
    const means = kernels.floats(problem.block, ld);
    for (let j = 0; j < ld; j++) means[j] = (cross[j] ?? 0) / sum;
    subtractMeans(kernels, problem, gram, sum);
    kernels.mirror(gram, ld);
    problem.metrics[k] = { gram, made: sum, cross };
  }
}

/** Makes XᵀSX at `gram` and Xᵀs in `cross` for the weights s of class `k`; returns Σs. */
function addWeightedRows(
  kernels: Kernels,
  { classes, rows, ld, x, curvature, block, pack }: Problem,
  k: number,
  gram: Address,
  cross: Float64Array,
): number {
  const weights = kernels.floats(curvature, rows * classes);
  let sum = 0;
  kernels.floats(gram, ld * ld).fill(0);
  for (let start = 0; start < rows; start += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, rows - start);
    kernels.floats(block, count * ld).fill(0);
    for (let i = 0; i < count; i++) {
      const from = x + (start + i) * ld * 8;
      const weight = coupling(classes) * (weights[(start + i) * classes + k] ?? 0);
      sum += weight;
      kernels.floats(from, ld).forEach((value, j) => {
        cross[j] = (cross[j] ?? 0) + weight * value;
      });
      kernels.addScaled(block + i * ld * 8, from, Math.sqrt(weight), ld);
    }
    kernels.packPanels(block, count, ld, pack);
    kernels.gramPanels(pack, count, ld, gram, 0, ld / 4);
  }
  return sum;
}

/** G −= Σs·x̄x̄ᵀ with the weighted means at `block`: the intercept moves along with every weight. */
function subtractMeans(kernels: Kernels, { ld, block }: Problem, gram: Address, sum: number): void {
  for (let i = 0; i < ld; i++) {
    const mean = kernels.floats(block + i * 8, 1)[0] ?? 0;
    kernels.addScaled(gram + i * ld * 8, block, -sum * mean, ld);
  }
}
