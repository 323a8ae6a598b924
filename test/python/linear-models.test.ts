import {
  matMul,
  mul,
  type Rank,
  reshape,
  sub,
  tensor1d,
  tensor2d,
  tidy,
  variable,
} from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { createDescent } from "../../trainer/src/descent.ts";
import { crossEntropy } from "../../trainer/src/losses/cross-entropy.ts";
import { OPTIMIZERS } from "../../trainer/src/optimizers.generated.ts";
import { infoNce } from "../../trainer/src/pair-losses/info-nce.ts";
import { elasticNet } from "../../trainer/src/penalties/elastic-net.ts";
import { l1 } from "../../trainer/src/penalties/l1.ts";
import { l2 } from "../../trainer/src/penalties/l2.ts";
import type { PenaltyTerm } from "../../trainer/src/penalty.ts";
import { createRandom } from "../../trainer/src/random.ts";
import { expectWithin, type NumericRow } from "../support/expect-within.ts";
import { distance, useCpuBackend, valuesOf } from "../support/tensor-values.ts";
import { termSetting } from "../support/term-setting.ts";
import { describeWithPython, runPython } from "./run-python.ts";

const SAMPLES = 60;
const LAMBDA = 0.2;
const NET = { alpha: 0.2, ratio: 0.4 };
const TEMPERATURE = 0.07;
const SETTINGS = { loss: "info_nce", weight: 1, temperature: TEMPERATURE } as const;
const TRUTH = [1.5, -2, 0, 0.7, 0, 0.1];
const LABELS = [0, 2, 1, 2, 0, 1, 1, 0];
/** All pairs, some of them, one alone. */
const PRESENT = [
  [1, 1, 1, 1, 1, 1, 1, 1],
  [1, 0, 1, 1, 0, 1, 1, 0],
  [0, 0, 0, 1, 0, 0, 0, 0],
];
const CONVENTIONS = ["plain", "half", "half_mean"] as const;

const random = createRandom(17, "linear-models");
const normals = (rows: number, columns: number) =>
  Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => Math.fround(random.normal())),
  );
const X = normals(SAMPLES, TRUTH.length);
const Y = X.map((row) =>
  Math.fround(row.reduce((sum, value, j) => sum + value * (TRUTH[j] ?? 0), 0.3 * random.normal())),
);
const [A, B] = [unit(normals(8, 5)), unit(normals(8, 5))];
const LOGITS = normals(8, 3).map((row) => row.map((value) => Math.fround(20 * value)));

interface Reference {
  readonly ridge: readonly (readonly number[])[];
  readonly lasso: readonly number[];
  readonly elasticNet: readonly number[];
  readonly crossEntropy: readonly number[];
  readonly infoNce: readonly number[];
}

/** A row of docs/numerics.md about minima that descent finds. */
function minimum(
  optimizer: string,
  penalty: string,
  formula: string,
  reference: string,
): NumericRow {
  return {
    section: "Descent to the minimum",
    quantity: `${optimizer}, ${penalty}`,
    formula: `min 1/(2m)‖y − Xw‖² + ${formula}`,
    reference: `scikit-learn ${reference}`,
    tolerance: 1e-5,
  };
}

function unit(rows: readonly (readonly number[])[]): number[][] {
  return rows.map((row) => {
    const length = Math.hypot(...row);
    return row.map((value) => Math.fround(value / length));
  });
}

/** Descent on 1/(2m)·‖y − Xw‖² + `terms` to where binary32 has no further digit. */
function minimise(optimizerId: string, terms: readonly PenaltyTerm[]): number[] {
  const optimizer = OPTIMIZERS.find(({ id }) => id === optimizerId);
  if (optimizer === undefined) throw new RangeError(`There is no optimizer ${optimizerId}`);
  const weights = variable(tensor1d(TRUTH.map(() => 0)));
  const parameter = { name: "w", kind: "weight", variable: weights } as const;
  let learningRate = 0.1;
  const descent = createDescent(optimizer, [parameter], new Map([["w", terms]]), {
    get learningRate() {
      return learningRate;
    },
    momentum: 0.5,
    weightDecay: 0,
  });
  const [x, y] = [tensor2d(X), tensor2d(Y, [SAMPLES, 1])];
  for (let step = 0; step < 2500; step++) {
    if (step > 800 && optimizer.isAccelerated !== true) learningRate *= 0.996;
    descent.lookAhead();
    tidy(() => {
      const residual = sub(matMul(x, reshape<Rank.R2>(weights, [-1, 1])), y);
      const gradient = mul(matMul(x, residual, true, false), 1 / SAMPLES);
      descent.step({ w: reshape(gradient, [-1]) });
    });
  }
  return Array.from(weights.dataSync());
}

beforeAll(useCpuBackend);

describeWithPython("penalties and losses against scikit-learn and NumPy", () => {
  let reference: Reference;
  beforeAll(() => {
    reference = runPython("linear_models.py", {
      x: X,
      y: Y,
      // The data loss is 1/(2m)·RSS, so c‖w‖² is Ridge's alpha = 2m·c: c = λ, λ/2, λ/(2m).
      ridge: [2 * SAMPLES * LAMBDA, SAMPLES * LAMBDA, LAMBDA],
      lasso: LAMBDA,
      net: NET,
      a: A,
      b: B,
      present: PRESENT,
      temperature: TEMPERATURE,
      logits: LOGITS,
      labels: LABELS,
    }) as Reference;
  });

  test.each(OPTIMIZERS.map(({ id }) => id))("%s finds Ridge, Lasso and ElasticNet", (optimizer) => {
    for (const [index, convention] of CONVENTIONS.entries()) {
      const term = l2.term(
        { norm: "l2", lambda: LAMBDA, convention },
        termSetting(LAMBDA, SAMPLES),
      );
      const found = minimise(optimizer, term === undefined ? [] : [term]);
      const row = minimum(optimizer, `l2 ${convention}`, "c‖w‖²", "Ridge, alpha = 2mc");
      expectWithin(distance(found, reference.ridge[index] ?? []), row);
    }
    const lasso = l1.term({ norm: "l1", lambda: LAMBDA }, termSetting(LAMBDA, SAMPLES));
    const sparse = minimise(optimizer, lasso === undefined ? [] : [lasso]);
    const row = minimum(optimizer, "l1", "λ‖w‖₁", "Lasso, tol 1e-14");
    expectWithin(distance(sparse, reference.lasso), row);
    expect(sparse.map((weight) => weight === 0)).toEqual(reference.lasso.map((w) => w === 0));
    expect(reference.lasso).toContain(0);

    const entry = { norm: "elastic_net", lambda: NET.alpha, l1_ratio: NET.ratio } as const;
    const net = elasticNet.term(entry, termSetting(NET.alpha, SAMPLES));
    const found = minimise(optimizer, net === undefined ? [] : [net]);
    expectWithin(
      distance(found, reference.elasticNet),
      minimum(optimizer, "elastic net", "λ(r‖w‖₁ + (1−r)/2‖w‖²)", "ElasticNet, tol 1e-14"),
    );
  });

  test("cross-entropy of large logits agrees within 1e-5 nats", () => {
    const labels = LABELS.map((label) => [0, 1, 2].map((index) => (index === label ? 1 : 0)));
    const ours = valuesOf(() => crossEntropy.perRow(tensor2d(LOGITS), tensor2d(labels)));
    expectWithin(distance(ours, reference.crossEntropy), {
      section: "Losses",
      quantity: "cross-entropy of logits up to 40",
      formula: "−log softmax(z)_y",
      reference: "NumPy float64",
      tolerance: 1e-5,
    });
    expect(Math.max(...reference.crossEntropy)).toBeGreaterThan(10);
  });

  test.each(PRESENT.map((present, index) => [present.join(""), present, index] as const))(
    "InfoNCE of the pairs %s agrees within 1e-5 nats",
    (_name, present, index) => {
      const [ours] = valuesOf(() =>
        infoNce.of(tensor2d(A), tensor2d(B), tensor1d(present), SETTINGS),
      );
      expectWithin(Math.abs((ours ?? Number.NaN) - (reference.infoNce[index] ?? 0)), {
        section: "Losses",
        quantity: `InfoNCE of the pairs ${present.join("")}`,
        formula: "½(CE(S/τ) + CE(Sᵀ/τ)), S = ABᵀ over the rows that have both",
        reference: "NumPy float64",
        tolerance: 1e-5,
      });
    },
  );
});
