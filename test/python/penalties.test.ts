import { tensor2d, tidy, variable } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { createDescent } from "../../trainer/src/descent.ts";
import { OPTIMIZERS } from "../../trainer/src/optimizers.generated.ts";
import { groupLasso } from "../../trainer/src/penalties/group-lasso.ts";
import { orthogonality } from "../../trainer/src/penalties/orthogonality.ts";
import { spectralNorm } from "../../trainer/src/spectral-norm.ts";
import { gradientAt, leastSquares } from "../support/convex-problem.ts";
import { expectWithin } from "../support/expect-within.ts";
import { randomWeights } from "../support/random-weights.ts";
import { distance, useCpuBackend, valuesOf } from "../support/tensor-values.ts";
import { termSetting } from "../support/term-setting.ts";
import { describeWithPython, runPython } from "./run-python.ts";

const PROBLEM = leastSquares();
/** Six weights as [3, 2]: a group is a row, the last one and the middle one hold an unused feature each. */
const GROUPS = [
  [0, 1],
  [2, 3],
  [4, 5],
];
const LAMBDA = 0.9;
const MATRIX = randomWeights("penalties", [40, 12]);

interface Reference {
  readonly sigma: number;
  readonly orthogonality: number;
  readonly groupLasso: readonly number[];
}

function minimise(optimizerId: string): number[] {
  const optimizer = OPTIMIZERS.find(({ id }) => id === optimizerId)!;
  const entry = { norm: "group_lasso", lambda: LAMBDA, groups: "inputs" } as const;
  const term = groupLasso.term(entry, termSetting(LAMBDA, 40))!;
  const weights = variable(
    tensor2d(
      PROBLEM.b.map(() => 0.1),
      [3, 2],
    ),
  );
  const parameter = { name: "w", kind: "weight", variable: weights } as const;
  let learningRate = 0.1;
  const descent = createDescent(optimizer, [parameter], new Map([["w", [term]]]), {
    get learningRate() {
      return learningRate;
    },
    momentum: 0.5,
    weightDecay: 0,
  });
  for (let step = 0; step < 2500; step++) {
    if (step > 800 && optimizer.isAccelerated !== true) learningRate *= 0.996;
    descent.lookAhead();
    tidy(() => {
      const gradient = gradientAt(PROBLEM, Array.from(weights.dataSync()));
      descent.step({ w: tensor2d(gradient, [3, 2]) });
    });
  }
  return Array.from(weights.dataSync());
}

beforeAll(useCpuBackend);

describeWithPython("penalties against NumPy", () => {
  let reference: Reference;
  beforeAll(() => {
    const rows = Array.from({ length: 40 }, (_, row) => MATRIX.slice(12 * row, 12 * (row + 1)));
    const request = { matrix: rows, ...PROBLEM, lambda: LAMBDA, groups: GROUPS };
    reference = runPython("penalties.py", request) as Reference;
  });

  test("the spectral norm is the largest singular value", () => {
    const [sigma = Number.NaN] = valuesOf(() => spectralNorm(tensor2d(MATRIX, [40, 12])).sigma);
    expectWithin(Math.abs(sigma / reference.sigma - 1), {
      section: "Penalties",
      quantity: "spectral norm σ₁, relative",
      formula: "power method on the smaller Gram matrix, 128 steps",
      reference: "numpy.linalg.norm(W, 2)",
      tolerance: 1e-6,
    });
  });

  test("the orthogonality penalty is ‖WᵀW − I‖²", () => {
    const term = orthogonality.term({ norm: "orthogonality", lambda: 1 }, termSetting(1, 40))!;
    const [value = Number.NaN] = valuesOf(() => term.value(tensor2d(MATRIX, [40, 12])));
    expectWithin(Math.abs(value / reference.orthogonality - 1), {
      section: "Penalties",
      quantity: "orthogonality, relative",
      formula: "‖WᵀW − I‖_F²",
      reference: "NumPy float64",
      tolerance: 1e-6,
    });
  });

  test.each(OPTIMIZERS.map(({ id }) => id))("%s finds the group lasso's minimum", (optimizer) => {
    const found = minimise(optimizer);
    expectWithin(distance(found, reference.groupLasso), {
      section: "Descent to the minimum",
      quantity: `${optimizer}, group lasso`,
      formula: "min 1/(2m)‖y − Xw‖² + λ Σ√p‖w_g‖",
      reference: "proximal gradient in NumPy float64",
      tolerance: 1e-5,
    });
    expect(found.map((weight) => weight === 0)).toEqual(reference.groupLasso.map((w) => w === 0));
    expect(reference.groupLasso).toContain(0);
  });
});
