import {
  type Scalar,
  type Tensor2D,
  tensor1d,
  tensor2d,
  variableGrads,
} from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import type { Alignment } from "../../core/experiment/experiment.ts";
import { createDescent } from "../../trainer/src/descent.ts";
import { findById } from "../../trainer/src/find-by-id.ts";
import { unitLength } from "../../trainer/src/layers/unit-length.ts";
import { withLearnedLogits } from "../../trainer/src/learned-logits.ts";
import { adamw } from "../../trainer/src/optimizers/adamw.ts";
import { PAIR_LOSSES } from "../../trainer/src/pair-losses.generated.ts";
import { expectWithin } from "../support/expect-within.ts";
import { randomWeights } from "../support/random-weights.ts";
import { distance, useCpuBackend } from "../support/tensor-values.ts";
import { describeWithPyTorch, runPython } from "./run-python.ts";

interface Path {
  readonly scales: readonly number[];
  readonly biases: readonly number[];
}

const [ROWS, COLUMNS] = [10, 6];
const A = randomWeights("a", [ROWS, COLUMNS]);
/** Near their partners, so that a colder temperature is always the better one. */
const B = randomWeights("b", [ROWS, COLUMNS]).map((value, index) => A[index]! + 0.4 * value);

const rowsOf = (values: ArrayLike<number>) =>
  Array.from({ length: ROWS }, (_, row) =>
    Array.from(values).slice(row * COLUMNS, (row + 1) * COLUMNS),
  );

/** Values of s and b after each step, the rows being given. */
function path(alignment: Alignment, learningRate: number, steps: number): Path {
  const empty = {
    parameters: [],
    modalities: [],
    outputs: 0,
    forward: () => new Map(),
    dispose: () => undefined,
  };
  const { parameters, logits, constraints = new Map() } = withLearnedLogits(empty, alignment);
  const terms = new Map([...constraints].map(([name, term]) => [name, [term]]));
  const descent = createDescent(adamw, parameters, terms, {
    learningRate,
    momentum: 0,
    weightDecay: 0.3,
  });
  const { of } = findById(PAIR_LOSSES, alignment.loss);
  const unit = (values: ArrayLike<number>): Tensor2D =>
    unitLength(tensor2d(Float32Array.from(values), [ROWS, COLUMNS]));
  const [a, b, present] = [unit(A), unit(B), tensor1d(new Float32Array(ROWS).fill(1))];
  const scales: number[] = [];
  const biases: number[] = [];
  for (let step = 0; step < steps; step += 1) {
    const { grads } = variableGrads(
      () => of(a, b, present, alignment, logits) as Scalar,
      parameters.map(({ variable }) => variable),
    );
    descent.step(
      Object.fromEntries(parameters.map(({ name, variable }) => [name, grads[variable.name]!])),
    );
    scales.push(logits!.logScale.dataSync()[0]!);
    biases.push(logits!.bias?.dataSync()[0] ?? 0);
  }
  return { scales, biases };
}

const CASES = [
  ["inside", { loss: "info_nce", temperature: 0.07 }, 0.1, 60],
  ["at its bound", { loss: "info_nce", temperature: 0.0105 }, 0.05, 5],
  ["free", { loss: "sigmoid", temperature: 0.1, bias: -10 }, 0.05, 60],
] as const;

beforeAll(useCpuBackend);

describeWithPyTorch("learned temperatures against PyTorch", () => {
  test("go the same way with AdamW, to the bound and no farther", () => {
    const wanted = runPython(
      "pytorch_learned_logits.py",
      CASES.map(([, start, learningRate, steps]) => ({
        ...start,
        a: rowsOf(A),
        b: rowsOf(B),
        steps,
        learning_rate: learningRate,
      })),
    ) as readonly Path[];
    for (const [index, [place, start, learningRate, steps]] of CASES.entries()) {
      const { scales = [], biases = [] } = wanted[index] ?? {};
      const found = path({ ...start, weight: 1, learn_temperature: true }, learningRate, steps);
      expectWithin(Math.max(distance(found.scales, scales), distance(found.biases, biases)), {
        section: "Multimodal",
        quantity: `${start.loss}, learned scale ${place}, ${steps} steps of AdamW`,
        formula:
          start.loss === "info_nce" ? "s ← min(s − step, ln 100)" : "t′ and b, each s ← s − step",
        reference: "PyTorch in binary64",
        tolerance: 2e-5,
      });
      const last = Math.exp(found.scales.at(-1) ?? 0);
      if (place === "at its bound") expect(last).toBeCloseTo(100, 2);
      else expect(Math.abs(Math.log(last * start.temperature))).toBeGreaterThan(0.3);
    }
  });
});
