import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { tidy, zeros, zerosLike } from "@tensorflow/tfjs-core";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { encodeSafetensors } from "../../../core/formats/safetensors.ts";
import { selectBackend } from "../../../trainer/src/backends/select.ts";
import { currentTensorflow, tensorflow } from "../../../trainer/src/backends/tensorflow.ts";
import { readExperimentFile } from "../../../trainer/src/experiment-file.ts";
import { prepareTraining } from "../../../trainer/src/preparation.ts";
import { createTrainingStep } from "../../../trainer/src/training-step.ts";
import { loadContext } from "../../support/load-context.ts";
import { smallWorkspace } from "../../support/small-experiment.ts";

const withTensorflow = test.skipIf(!tensorflow.detect().available);

const STEPS = 30;

interface Trained {
  readonly losses: number[];
  readonly norms: number[];
  readonly weights: ReadonlyMap<string, Float32Array>;
  readonly log: string[];
}

/** An experiment on TensorFlow, up to its first step. */
async function prepared(text: string, overrides: readonly string[] = []) {
  await selectBackend("tensorflow", () => undefined);
  const { folder, spec: file } = smallWorkspace(text);
  const preparation = await prepareTraining(
    readExperimentFile(file, folder, overrides),
    loadContext({ folder }),
  );
  const log: string[] = [];
  const step = createTrainingStep(preparation, (line) => log.push(line));
  onTestFinished(() => {
    step.dispose();
    preparation.model.dispose();
  });
  return { step, preparation, log };
}

/** Trains the rows in order, batch after batch with a shorter one at each end. */
async function trained(text: string, compile: boolean): Promise<Trained> {
  const { step, preparation, log } = await prepared(text, [`training.compile=${compile}`]);
  const { split, experiment } = preparation;
  const size = experiment.training.batch_size;
  const losses: number[] = [];
  const norms: number[] = [];
  const operate = async (made: number) => {
    if (!preparation.operations.isDue(made)) return;
    step.settle();
    await preparation.operations.apply(made);
  };
  await operate(0);
  for (
    let made = 0, at = 0;
    made < STEPS;
    made++, at = at + size < split.train.length ? at + size : 0
  ) {
    const isLast = made === STEPS - 1;
    const measured = await step.run(split.train.subarray(at, at + size), isLast);
    losses.push(measured.dataLoss, measured.penalty, ...Object.values(measured.parts));
    norms.push(...measured.gradientNorms.values());
    await operate(made + 1);
  }
  step.settle();
  const weights = new Map(
    preparation.model.parameters.map(({ name, variable }) => [
      name,
      Float32Array.from(variable.dataSync()),
    ]),
  );
  return { losses, norms, weights, log };
}

const spec = (model: string, training: string, penalty = "[]", data = "") => `name: compiled
data: { source: trio, samples: 60, image_size: 12, seed: 3${data} }
split: { method: holdout, validation: 0, test: 0.2, seed: 1 }
model: ${model}
objective: { loss: cross_entropy }
penalty: ${penalty}
training: { ${training}, batch_size: 20, epochs: 10, seed: 2, backend: tensorflow }
`;

const MLP = "{ type: mlp, modality: image, hidden: [16, 8] }";
const CNN = "{ type: cnn, modality: image, channels: [4, 8], hidden: [16] }";
const BILSTM = "{ type: bilstm, embedding: 8, units: 6, layers: 2, dropout: 0 }";
const TOWERS = `{ type: towers, private: { image: [8], text: [8], audio: [8] }, shared: [8], embedding: 4 }`;
const NET = "[{ norm: l1, lambda: 1e-3 }, { norm: l2, lambda: 1e-2 }]";
const ADAM = "optimizer: adam, learning_rate: 1e-2";

/** A file with one bias of the MLP, to transfer. */
function earlierWeights(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "normlens-compiled-"));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const file = path.join(folder, "weights.safetensors");
  const bias = {
    name: "fc1.bias",
    dtype: "F32",
    shape: [16],
    data: new Float32Array(16),
  } as const;
  writeFileSync(file, encodeSafetensors([bias]));
  return file;
}

const largest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, index) => Math.abs(value - (b[index] ?? Number.NaN))));

withTensorflow.each([
  ["an MLP with SGD", spec(MLP, "optimizer: sgd, learning_rate: 0.05")],
  ["an MLP with momentum and L1", spec(MLP, "optimizer: momentum, learning_rate: 0.02", NET)],
  ["an MLP with AdamW", spec(MLP, "optimizer: adamw, weight_decay: 0.1, learning_rate: 1e-2")],
  [
    "an MLP with a schedule and clipped gradients",
    spec(
      MLP,
      `${ADAM}, schedule: { type: cosine, warmup: 5 }, gradient_clip: { method: global_norm, limit: 1 }`,
    ),
  ],
  [
    "an MLP with FISTA",
    spec(MLP, "optimizer: fista, learning_rate: 0.02", NET)
      .replace(", batch_size: 20", "")
      .replace("epochs: 10", "epochs: 40"),
  ],
  ["a CNN with Adam", spec(CNN, ADAM)],
  ["a CNN with Adam, L1 and L2", spec(CNN, ADAM, NET)],
  ["a bi-LSTM with Adam", spec(BILSTM, ADAM)],
  [
    "towers with missing rows",
    spec(TOWERS, ADAM, NET, ", missing: { audio: 0.3 }").replace(
      "cross_entropy }",
      "cross_entropy, alignment: { loss: info_nce } }",
    ),
  ],
  ["an MLP with Nesterov's momentum", spec(MLP, "optimizer: nesterov, learning_rate: 0.02")],
  [
    "an MLP with Adam and penalties of groups and matrices",
    spec(
      MLP,
      ADAM,
      "[{ norm: group_lasso, lambda: 1e-3 }, { norm: max_norm, limit: 1 }, { norm: spectral, lambda: 1e-2 }, { norm: orthogonality, lambda: 1e-3 }]",
    ),
  ],
  [
    "an MLP that is pruned bit by bit",
    `${spec(MLP, ADAM, NET)}weight_operations:
  - { operation: prune, fraction: 0.8, scope: global, after_epoch: 2, until_epoch: 6, every: 2 }
`,
  ],
  [
    "an MLP whose first layer is frozen at first, and learns slowly then",
    `${spec(MLP, ADAM)}transfer:
  from: ${JSON.stringify(earlierWeights())}
  freeze: "fc1.*"
  unfreeze: [{ on: "fc1.weight", epoch: 5 }]
  learning_rates: [{ on: "fc1.*", factor: 0.1 }]
`,
  ],
  ["an MLP with dropout", spec(MLP.replace("hidden", "dropout: 0.5, hidden"), ADAM)],
])("%s trains compiled as it does operation by operation", async (_name, text) => {
  const expected = await trained(text, false);
  const got = await trained(text, true);
  expect(expected.log).toEqual([]);
  expect(got.log.join()).toContain("compiled to one call");
  // Losses are of the order of 1; TensorFlow fuses operations and takes sums in another order.
  expect(largest(got.losses, expected.losses)).toBeLessThan(5e-5);
  expect(largest(got.norms, expected.norms)).toBeLessThan(2e-4);
  for (const [name, weights] of expected.weights) {
    expect(largest(got.weights.get(name) ?? [], weights), name).toBeLessThan(5e-5);
  }
});

withTensorflow("a compiled step takes over weights that are set between steps", async () => {
  const { step, preparation } = await prepared(spec(MLP, "optimizer: sgd, learning_rate: 0.1"));
  const rows = preparation.split.train.subarray(0, 20);
  const first = await step.run(rows, false);
  const second = await step.run(rows, false);
  expect(second.dataLoss).not.toBe(first.dataLoss);
  step.settle();
  for (const { variable } of preparation.model.parameters) {
    tidy(() => {
      variable.assign(zerosLike(variable));
    });
  }
  // All logits are 0 then, and trio has six classes.
  expect((await step.run(rows, false)).dataLoss).toBeCloseTo(Math.log(6), 6);
});

withTensorflow(
  "weights are in memory once, and cannot be read until they are settled",
  async () => {
    const { step, preparation } = await prepared(spec(MLP, "optimizer: adam, learning_rate: 1e-3"));
    const rows = preparation.split.train.subarray(0, 20);
    const held = () => currentTensorflow()?.binding.getNumOfTensors() ?? Number.NaN;
    const { parameters } = preparation.model;
    await step.run(rows, false);
    const ahead = held();
    for (const { variable } of parameters) expect(() => variable.dataSync()).toThrow();
    step.settle();
    // Weights and both moments of Adam.
    expect(held() - ahead).toBe(3 * parameters.length);
    await step.run(rows, false);
    expect(held()).toBe(ahead);
    tidy(() => {
      parameters[0]?.variable.assign(zeros(parameters[0].variable.shape));
    });
    await expect(step.run(rows, false)).rejects.toThrow("settle the step before they are set");
  },
);

withTensorflow(
  "a compiled step leaves the weights as they were where the loss is no number",
  async () => {
    const { step, preparation } = await prepared(spec(MLP, "optimizer: adam, learning_rate: 1e-3"));
    const rows = preparation.split.train.subarray(0, 20);
    await step.run(rows, false);
    await step.run(rows, false);
    step.settle();
    const weights = () =>
      preparation.model.parameters.map(({ variable }) => Array.from(variable.dataSync()));
    const before = weights();
    const image = preparation.dataset.modalities.find(({ name }) => name === "image");
    image?.data.fill(Number.NaN, (rows[3] ?? 0) * 432, (rows[3] ?? 0) * 432 + 1);
    await expect(step.run(rows, false)).rejects.toThrow(
      "Loss is NaN: all weights are finite, the gradient of fc1.weight is not",
    );
    expect(weights()).toEqual(before);
  },
);

/** Trains while λ goes through `lambdas`, one for every five steps, then begins anew with the last. */
async function trainedWithLambdas(text: string, lambdas: readonly number[], compile: boolean) {
  const { step, preparation, log } = await prepared(text, [`training.compile=${compile}`]);
  const strength = preparation.penalties.variable.get(0)?.strength;
  const rows = preparation.split.train.subarray(0, 20);
  const numbers: number[] = [];
  for (const lambda of lambdas) {
    step.settle();
    strength?.set(lambda);
    for (let made = 0; made < 5; made++) {
      const { dataLoss, penalty } = await step.run(rows, false);
      numbers.push(dataLoss, penalty);
    }
  }
  step.restart();
  numbers.push((await step.run(rows, false)).penalty);
  step.settle();
  for (const { variable } of preparation.model.parameters) numbers.push(...variable.dataSync());
  return { numbers, log };
}

withTensorflow.each([
  ["L1", ADAM, "{ norm: l1 }"],
  ["L2", ADAM, "{ norm: l2, convention: half_mean }"],
  ["an elastic net", ADAM, "{ norm: elastic_net }"],
  ["group lasso", ADAM, "{ norm: group_lasso, groups: inputs }"],
  // Adam divides by gradients that this penalty makes tiny, and with them by their rounding.
  ["a spectral penalty", "optimizer: sgd, learning_rate: 0.05", "{ norm: spectral }"],
  ["orthogonality", ADAM, "{ norm: orthogonality }"],
])(
  "λ of %s changes within and between trainings of one compiled step",
  async (_name, optimizer, penalty) => {
    const text = spec(MLP, optimizer, `[${penalty}]`)
      .replace("validation: 0,", "validation: 0.2,")
      .replace("epochs: 10", "epochs: 20");
    const chosen = `${text}select: { lambda: [0.1, 0.01] }\n`;
    const lambdas = [0.01, 0, 0.2, 0.03];
    const expected = await trainedWithLambdas(chosen, lambdas, false);
    const got = await trainedWithLambdas(chosen, lambdas, true);
    expect(got.log.filter((line) => line.includes("compiled to one call"))).toHaveLength(1);
    // Penalties go up to some hundreds, and binary32 has seven digits.
    const relative = got.numbers.map((value, index) => {
      const wanted = expected.numbers[index] ?? Number.NaN;
      return Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
    });
    expect(Math.max(...relative)).toBeLessThan(5e-5);

    // The same λ as a constant of the file gives the same training.
    const fixed = text.replace(/norm: (\w+)/, "norm: $1, lambda: 0.01");
    const same = await trainedWithLambdas(fixed, [0.01], false);
    const variable = await trainedWithLambdas(chosen, [0.01], false);
    expect(largest(variable.numbers, same.numbers)).toBeLessThan(1e-6);
  },
);
