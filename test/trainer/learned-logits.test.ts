import { readFileSync } from "node:fs";
import path from "node:path";
import { type Scalar, tensor1d, tensor2d, tidy, variableGrads } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { checkExperiment } from "../../core/experiment/check-experiment.ts";
import type { Alignment } from "../../core/experiment/experiment.ts";
import { tensorflow } from "../../trainer/src/backends/tensorflow.ts";
import { createDescent } from "../../trainer/src/descent.ts";
import { findById } from "../../trainer/src/find-by-id.ts";
import { withLearnedLogits } from "../../trainer/src/learned-logits.ts";
import type { Model } from "../../trainer/src/model.ts";
import { OPTIMIZERS } from "../../trainer/src/optimizers.generated.ts";
import { PAIR_LOSSES } from "../../trainer/src/pair-losses.generated.ts";
import { penaltyTerms } from "../../trainer/src/penalty-terms.ts";
import { createRandom } from "../../trainer/src/random.ts";
import { expectWithin } from "../support/expect-within.ts";
import { runExperiment } from "../support/run-experiment.ts";
import { useCpuBackend, valuesOf } from "../support/tensor-values.ts";
import { unitRows } from "../support/unit-rows.ts";

const [ROWS, DIMENSION] = [6, 4];
const PRESENT = [1, 1, 0, 1, 1, 1];
const KNOWN = [0, 1, 3, 4, 5];
const INFO_NCE = {
  loss: "info_nce",
  weight: 1,
  temperature: 0.2,
  learn_temperature: true,
} as const;
const SIGMOID = { ...INFO_NCE, loss: "sigmoid", temperature: 0.1, bias: -10 } as const;
const EMPTY: Model = {
  parameters: [],
  modalities: [],
  outputs: 0,
  forward: () => new Map(),
  dispose: () => undefined,
};

const rowsOf = (name: string) => unitRows(createRandom(1, name), ROWS, DIMENSION);
const [A, B] = [rowsOf("a"), rowsOf("b")];

const cosine = (i: number, j: number) =>
  Array.from({ length: DIMENSION }, (_, k) => A[i * DIMENSION + k]! * B[j * DIMENSION + k]!).reduce(
    (sum, value) => sum + value,
    0,
  );
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const logistic = (z: number) => 1 / (1 + Math.exp(-z));

/** Loss and ∂/∂s = Σ ∂/∂zᵢⱼ · exp(s)·cosᵢⱼ in closed form, binary64. */
function infoNceByHand(s: number) {
  const z = KNOWN.map((i) => KNOWN.map((j) => Math.exp(s) * cosine(i, j)));
  let [loss, slope] = [0, 0];
  for (const matrix of [z, z.map((_, i) => z.map((row) => row[i]!))]) {
    for (const [i, row] of matrix.entries()) {
      const total = sum(row.map(Math.exp));
      loss += (Math.log(total) - row[i]!) / (2 * KNOWN.length);
      const each = row.map((value, j) => (Math.exp(value) / total - Number(i === j)) * value);
      slope += sum(each) / (2 * KNOWN.length);
    }
  }
  return { loss, slopes: [slope] };
}

/** Loss, ∂/∂t′ and ∂/∂b in closed form: ∂/∂z of −log σ(yz) is −y·σ(−yz). */
function sigmoidByHand(s: number, bias: number) {
  let [loss, byScale, byBias] = [0, 0, 0];
  for (const i of KNOWN) {
    for (const j of KNOWN) {
      const y = i === j ? 1 : -1;
      const scaled = Math.exp(s) * cosine(i, j);
      const z = scaled + bias;
      loss += Math.log1p(Math.exp(-y * z)) / KNOWN.length;
      byScale -= (y * logistic(-y * z) * scaled) / KNOWN.length;
      byBias -= (y * logistic(-y * z)) / KNOWN.length;
    }
  }
  return { loss, slopes: [byScale, byBias] };
}

function learned(alignment: Alignment): Model {
  const model = withLearnedLogits(EMPTY, alignment);
  onTestFinished(() => model.dispose());
  return model;
}

function measured(alignment: Alignment) {
  const { parameters, logits } = learned(alignment);
  const { of } = findById(PAIR_LOSSES, alignment.loss);
  const found = variableGrads(
    () =>
      of(
        tensor2d(A, [ROWS, DIMENSION]),
        tensor2d(B, [ROWS, DIMENSION]),
        tensor1d(PRESENT),
        alignment,
        logits,
      ) as Scalar,
    parameters.map(({ variable }) => variable),
  );
  const slopes = parameters.map(({ variable }) => found.grads[variable.name]!.dataSync()[0]!);
  return { loss: found.value.dataSync()[0]!, slopes };
}

const LOG_10 = Math.log(10);

beforeAll(useCpuBackend);

describe("learned logits", () => {
  test.each([
    ["info_nce", "s = ln(1/τ)", INFO_NCE, infoNceByHand(-Math.log(0.2))],
    ["sigmoid", "t′ and b at SigLIP's start, ln 10 and −10", SIGMOID, sigmoidByHand(LOG_10, -10)],
    [
      "sigmoid elsewhere",
      "t′ and b",
      { ...SIGMOID, temperature: 0.5, bias: -1 },
      sigmoidByHand(Math.log(2), -1),
    ],
  ] as const)(
    "of %s have value and gradient of the closed form",
    (name, formula, alignment, by) => {
      const { loss, slopes } = measured(alignment);
      const errors = [loss, ...slopes].map(
        (value, index) =>
          Math.abs(value - [by.loss, ...by.slopes][index]!) / Math.max(1, Math.abs(by.loss)),
      );
      expectWithin(Math.max(...errors), {
        section: "Multimodal",
        quantity: `${name}, learned scale and bias, relative to the loss`,
        formula: `loss and its derivatives by ${formula}`,
        reference: "the closed form in binary64",
        tolerance: 1e-6,
      });
      expect(slopes).toHaveLength(alignment.loss === "sigmoid" ? 2 : 1);
    },
  );

  test("start where the settings say and are told as temperature and bias", () => {
    const { logits, parameters } = learned(SIGMOID);
    expect(parameters.map(({ name, kind }) => [name, kind])).toEqual([
      ["alignment.log_scale", "scalar"],
      ["alignment.bias", "scalar"],
    ]);
    expect(parameters[0]!.variable.dataSync()[0]).toBeCloseTo(LOG_10, 6);
    const { temperature, logit_bias: bias } = logits!.values();
    expect(temperature!.dataSync()[0]).toBeCloseTo(0.1, 7);
    expect(bias!.dataSync()[0]).toBe(-10);
    expect(withLearnedLogits(EMPTY, { ...INFO_NCE, learn_temperature: false })).toBe(EMPTY);
  });

  test("InfoNCE's scale is put back to 100, SigLIP's is free", () => {
    const bound = learned(INFO_NCE).constraints?.get("alignment.log_scale");
    const put = (s: number) => valuesOf(() => bound!.proximal!(tensor1d([s]), 1))[0]!;
    expect(Math.exp(put(9))).toBeCloseTo(100, 3);
    expect(put(-3)).toBe(-3);
    expect(learned(SIGMOID).constraints).toBeUndefined();
  });

  test.each(["sgd", "momentum", "adam", "adamw", "fista"] as const)(
    "%s stops at 0.01 and not before",
    (id) => {
      const { parameters, constraints } = learned({ ...INFO_NCE, temperature: 0.0125 });
      const terms = new Map([...constraints!].map(([name, term]) => [name, [term]] as const));
      const settings = { learningRate: 0.2, momentum: 0.5, weightDecay: 0.5 };
      const descent = createDescent(findById(OPTIMIZERS, id), parameters, terms, settings);
      const scales = [1, 2, 3, 4].map(() => {
        descent.lookAhead();
        tidy(() => descent.step({ "alignment.log_scale": tensor1d([-1]) }));
        return Math.exp(parameters[0]!.variable.dataSync()[0]!);
      });
      descent.dispose();
      expect(scales[0]).toBeCloseTo(80 * Math.exp(0.2), 2);
      expect(scales.slice(1).map((scale) => Math.abs(scale - 100) < 1e-3)).toEqual([
        true,
        true,
        true,
      ]);
    },
  );

  test("penalties pass them over unless they name one in full", () => {
    const { parameters } = learned(SIGMOID);
    const on = (glob?: string) => {
      const terms = penaltyTerms(
        [
          {
            norm: "l2",
            lambda: 1,
            convention: "half",
            ...(glob === undefined ? {} : { on: glob }),
          },
        ],
        parameters,
        { variables: { m: 1, batch: 1, steps: 1 } },
      );
      return "problem" in terms ? [] : [...terms.byParameter.keys()];
    };
    expect([on(), on("*"), on("alignment.*"), on("*bias")]).toEqual([[], [], [], []]);
    expect(on("alignment.log_scale")).toEqual(["alignment.log_scale"]);
  });

  test("a start beyond the bound is refused", () => {
    const file = (temperature: number) => ({
      name: "x",
      data: { source: "trio" },
      model: { type: "towers" },
      objective: {
        loss: "cross_entropy",
        alignment: { loss: "info_nce", temperature, learn_temperature: true },
      },
      training: { epochs: 1 },
    });
    expect(JSON.stringify(checkExperiment(file(0.005)))).toContain("stays at 0.01 or above");
    expect(checkExperiment(file(0.01))).toHaveProperty("experiment");
  });
});

const VIEWS = Object.fromEntries(
  ["views-image.npy", "views-text.npy"].map((name) => [
    name,
    readFileSync(path.join(import.meta.dirname, "../../examples/multimodal", name)),
  ]),
);

/** Two views of one cloud of points, which a map of either brings together. */
const views = (model: string, training: string, more = "") => ({
  text: `name: Learned temperature
data: { source: pairs, modalities: { image: views-image.npy, text: views-text.npy }, mispaired_policy: ignore }
split: { validation: 0.2, test: 0.2, seed: 1 }
model: ${model}
training: { backend: cpu, seed: 1, ${training} }
${more}`,
  files: VIEWS,
});
const MAP =
  "{ type: alignment, method: contrastive, from: image, to: text, map_hidden: [], dimension: 5, learn_temperature: true, temperature: ";
const TOWERS = "{ type: towers, private: { image: [8], text: [8] }, shared: [], embedding: 6 }";

describe("a training that learns its temperature", { timeout: 60_000 }, () => {
  test("cools down from a hot start, and tells so", async () => {
    const { metric, log, result } = await runExperiment(
      views(`${MAP}1 }`, "optimizer: adam, learning_rate: 3e-2, epochs: 30"),
    );
    expect(result.status).toBe("finished");
    expect(log).toContain("τ learned from 1");
    expect(metric("train/temperature")).toBeLessThan(0.5);
    expect(metric("train/temperature")).toBeGreaterThan(0.01);
  });

  test("moves SigLIP's temperature and bias, and penalises neither", async () => {
    const { metric, log } = await runExperiment(
      views(
        TOWERS,
        "optimizer: adam, learning_rate: 2e-2, epochs: 20",
        `objective: { loss: none, alignment: { loss: sigmoid, weight: 1, learn_temperature: true } }
penalty: [{ norm: l2, lambda: 1e-3, convention: half }]`,
      ),
    );
    expect(log).toContain("τ learned from 0.1, β learned from -10");
    expect(metric("train/logit_bias")).not.toBe(-10);
    expect(metric("train/temperature")).not.toBeCloseTo(0.1, 3);
    expect(metric("weights/alignment.bias/l2")).toBeNaN();
  });

  test.skipIf(!tensorflow.detect().available)(
    "does so compiled on TensorFlow as well",
    async () => {
      const experiment = views(`${MAP}0.03 }`, "optimizer: adam, learning_rate: 3e-2, epochs: 40");
      const [cpu, compiled] = [
        await runExperiment(experiment),
        await runExperiment(experiment, ["training.backend=tensorflow"]),
      ];
      expect(compiled.log).toContain("compiled to one call");
      expect(compiled.metric("train/temperature")).toBeCloseTo(cpu.metric("train/temperature"), 4);
    },
  );
});
