import { expect, onTestFinished, test } from "vitest";
import { selectBackend } from "../../trainer/src/backends/select.ts";
import { readExperimentFile } from "../../trainer/src/experiment-file.ts";
import { type Preparation, prepareTraining } from "../../trainer/src/preparation.ts";
import { createTrainingStep } from "../../trainer/src/training-step.ts";
import { worstOnEveryBackend } from "../support/every-backend.ts";
import { expectWithin } from "../support/expect-within.ts";
import { loadContext } from "../support/load-context.ts";
import { smallWorkspace } from "../support/small-experiment.ts";
import { distance } from "../support/tensor-values.ts";
import { describeWithPyTorch, runPython } from "./run-python.ts";

const [ROWS, BATCH, EPOCHS, HIDDEN] = [60, 20, 14, 8];
const STEPS = (EPOCHS * ROWS) / BATCH;

/** One training, as the experiment file and as PyTorch are told of it. */
interface Case {
  readonly name: string;
  readonly torch: string;
  /** Keys of `training`. */
  readonly training: string;
  readonly penalty?: string;
  readonly isFullBatch?: true;
  readonly given: {
    readonly optimizer: string;
    readonly learning_rate: number;
    readonly momentum?: number;
    readonly decay?: number;
    readonly l2?: number;
    readonly clip?: "global_norm" | "value";
    readonly limit?: number;
    readonly schedule?: Readonly<Record<string, unknown>>;
  };
}

interface Trained {
  readonly losses: readonly number[];
  readonly rates: readonly number[];
  readonly weights: Readonly<Record<string, readonly number[]>>;
}

const L2 = "[{ norm: l2, lambda: 0.02, convention: half }]";
const WARM = { warmup: 6 };

const scheduled = (
  name: string,
  torch: string,
  schedule: Readonly<Record<string, unknown>>,
): Case => ({
  name: `SGD, ${name}`,
  torch,
  training: `optimizer: sgd, learning_rate: 0.2, schedule: ${JSON.stringify(schedule)}`,
  given: { optimizer: "sgd", learning_rate: 0.2, schedule },
});

const CASES: readonly Case[] = [
  {
    name: "SGD",
    torch: "SGD",
    training: "optimizer: sgd, learning_rate: 0.2",
    given: { optimizer: "sgd", learning_rate: 0.2 },
  },
  {
    name: "gradient descent",
    torch: "SGD, all rows",
    training: "optimizer: gradient_descent, learning_rate: 0.3",
    isFullBatch: true,
    given: { optimizer: "sgd", learning_rate: 0.3 },
  },
  {
    name: "SGD with L2",
    torch: "SGD, weight_decay",
    training: "optimizer: sgd, learning_rate: 0.2",
    penalty: L2,
    given: { optimizer: "sgd", learning_rate: 0.2, decay: 0.02 },
  },
  {
    name: "momentum with L2",
    torch: "SGD, momentum and weight_decay",
    training: "optimizer: momentum, momentum: 0.9, learning_rate: 0.03",
    penalty: L2,
    given: { optimizer: "momentum", momentum: 0.9, learning_rate: 0.03, decay: 0.02 },
  },
  {
    name: "Nesterov with L2",
    torch: "SGD, nesterov and weight_decay",
    training: "optimizer: nesterov, momentum: 0.8, learning_rate: 0.05",
    penalty: L2,
    given: { optimizer: "nesterov", momentum: 0.8, learning_rate: 0.05, decay: 0.02 },
  },
  {
    name: "Adam",
    torch: "Adam",
    training: "optimizer: adam, learning_rate: 0.01",
    given: { optimizer: "adam", learning_rate: 0.01 },
  },
  {
    name: "Adam with L2",
    torch: "Adam, weight_decay",
    training: "optimizer: adam, learning_rate: 0.01",
    penalty: L2,
    given: { optimizer: "adam", learning_rate: 0.01, decay: 0.02 },
  },
  {
    name: "AdamW",
    torch: "AdamW",
    training: "optimizer: adamw, weight_decay: 0.3, learning_rate: 0.01",
    given: { optimizer: "adamw", learning_rate: 0.01, decay: 0.3 },
  },
  {
    name: "FISTA",
    torch: "autograd and the papers' recursion",
    training: "optimizer: fista, learning_rate: 0.1",
    isFullBatch: true,
    given: { optimizer: "fista", learning_rate: 0.1 },
  },
  scheduled("step", "StepLR", { type: "step", every: 3, factor: 0.5 }),
  scheduled("exponential", "ExponentialLR", { type: "exponential", factor: 0.8 }),
  scheduled("linear", "LinearLR", { type: "linear", final: 0.1 }),
  scheduled("cosine", "CosineAnnealingLR", { type: "cosine", final: 0.05 }),
  scheduled("warm-up and cosine", "SequentialLR", { type: "cosine", final: 0, ...WARM }),
  scheduled("warm-up and linear", "SequentialLR", { type: "linear", final: 0.2, ...WARM }),
  {
    name: "AdamW, clipped by norm, warm-up and cosine",
    torch: "AdamW, clip_grad_norm_, SequentialLR",
    training: `optimizer: adamw, weight_decay: 0.1, learning_rate: 0.02, gradient_clip: { limit: 0.5 }, schedule: ${JSON.stringify({ type: "cosine", ...WARM })}`,
    given: {
      optimizer: "adamw",
      learning_rate: 0.02,
      decay: 0.1,
      clip: "global_norm",
      limit: 0.5,
      schedule: { type: "cosine", ...WARM },
    },
  },
  {
    name: "SGD, loss and L2 clipped by norm",
    torch: "SGD, clip_grad_norm_",
    training: "optimizer: sgd, learning_rate: 0.3, gradient_clip: { limit: 0.4 }",
    penalty: L2,
    given: { optimizer: "sgd", learning_rate: 0.3, l2: 0.02, clip: "global_norm", limit: 0.4 },
  },
  {
    name: "momentum, clipped by value",
    torch: "SGD, clip_grad_value_",
    training:
      "optimizer: momentum, momentum: 0.9, learning_rate: 0.05, gradient_clip: { method: value, limit: 0.02 }",
    given: {
      optimizer: "momentum",
      momentum: 0.9,
      learning_rate: 0.05,
      clip: "value",
      limit: 0.02,
    },
  },
];

const spec = ({ training, penalty = "[]", isFullBatch }: Case) => `name: beside PyTorch
data: { source: trio, samples: ${ROWS}, image_size: 8, seed: 3 }
split: { method: holdout, validation: 0, test: 0 }
model: { type: mlp, modality: image, hidden: [${HIDDEN}] }
objective: { loss: cross_entropy }
penalty: ${penalty}
training: { ${training}, ${isFullBatch ? `epochs: ${STEPS}` : `batch_size: ${BATCH}, epochs: ${EPOCHS}`}, seed: 2 }
`;

/** Rows of every step, batch after batch in the order of the training part. */
function batchesOf({ split: { train } }: Preparation, isFullBatch = false): Int32Array[] {
  return Array.from({ length: STEPS }, (_, step) => {
    const start = isFullBatch ? 0 : (step * BATCH) % ROWS;
    return train.subarray(start, isFullBatch ? ROWS : start + BATCH);
  });
}

async function prepared(one: Case): Promise<Preparation> {
  const { folder, spec: file } = smallWorkspace(spec(one));
  return prepareTraining(readExperimentFile(file, folder, []), loadContext({ folder }));
}

async function trained(one: Case): Promise<Trained> {
  const preparation = await prepared(one);
  const step = createTrainingStep(preparation, () => undefined);
  onTestFinished(() => {
    step.dispose();
    preparation.model.dispose();
  });
  const losses: number[] = [];
  const rates: number[] = [];
  for (const rows of batchesOf(preparation, one.isFullBatch)) {
    const { dataLoss, learningRate } = await step.run(rows, false);
    losses.push(dataLoss);
    rates.push(learningRate);
  }
  step.settle();
  const weights = preparation.model.parameters.map(
    ({ name, variable }) => [name, Array.from(variable.dataSync())] as const,
  );
  return { losses, rates, weights: Object.fromEntries(weights) };
}

/** Data, weights at the start and rows of every step, which all cases share. */
async function shared(one: Case) {
  const preparation = await prepared(one);
  const { dataset, model } = preparation;
  const { data } = dataset.modalities.find(({ name }) => name === "image") ?? { data: [] };
  const columns = data.length / dataset.rows;
  const weights = model.parameters.map(
    ({ name, variable }) => [name, variable.arraySync()] as const,
  );
  model.dispose();
  const rowsOf = (isFullBatch: boolean) =>
    batchesOf(preparation, isFullBatch).map((rows) => Array.from(rows));
  return {
    weights: Object.fromEntries(weights),
    inputs: Array.from({ length: dataset.rows }, (_, row) =>
      Array.from(data.slice(row * columns, (row + 1) * columns)),
    ),
    labels: Array.from(dataset.labels),
    batches: { some: rowsOf(false), all: rowsOf(true) },
  };
}

const largestError = (found: Trained["weights"], expected: Trained["weights"]) =>
  Math.max(
    ...Object.entries(expected).map(([name, values]) => distance(found[name] ?? [], values)),
  );

/** What PyTorch answers to all cases, asked once. */
let asked: Promise<readonly Trained[]> | undefined;

async function ask(first: Case): Promise<readonly Trained[]> {
  await selectBackend("cpu", () => undefined);
  return runPython("pytorch_optimizers.py", {
    ...(await shared(first)),
    cases: CASES.map(({ given, isFullBatch = false }) => ({
      ...given,
      batches: isFullBatch ? "all" : "some",
      per_epoch: ROWS / BATCH,
    })),
  }) as Trained[];
}

describeWithPyTorch(`${STEPS} steps of training against PyTorch`, () => {
  test.each(CASES.map((one, index) => [one.name, one, index] as const))(
    "%s has PyTorch's losses, rates and weights on every backend",
    async (name, one, index) => {
      asked ??= ask(one);
      const reference = (await asked)[index] ?? { losses: [], rates: [], weights: {} };
      expect(reference.losses.at(-1)).toBeLessThan(0.9 * (reference.losses[0] ?? 0));
      const errors = { losses: 0, rates: 0 };
      const weights = await worstOnEveryBackend(async () => {
        const found = await trained(one);
        errors.losses = Math.max(errors.losses, distance(found.losses, reference.losses));
        errors.rates = Math.max(errors.rates, distance(found.rates, reference.rates));
        return largestError(found.weights, reference.weights);
      });
      const row = {
        section: "Training",
        formula: `${STEPS} steps, MLP of ${HIDDEN} units`,
        reference: `PyTorch 2.13.0, ${one.torch}, binary64`,
      };
      const rates = { ...row, quantity: `${name}: learning rates`, tolerance: 1e-12 };
      if (one.given.schedule === undefined) expect(errors.rates).toBe(0);
      else expectWithin(errors.rates, rates);
      expectWithin(errors.losses, { ...row, quantity: `${name}: losses`, tolerance: 5e-6 });
      expectWithin(weights, { ...row, quantity: `${name}: weights`, tolerance: 5e-6 });
    },
    120_000,
  );
});
