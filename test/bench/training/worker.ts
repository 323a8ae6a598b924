import { createInterface } from "node:readline";
import { checkExperiment } from "../../../core/experiment/check-experiment.ts";
import { selectBackend } from "../../../trainer/src/backends/select.ts";
import type { Dataset, ModalityData } from "../../../trainer/src/dataset.ts";
import { MODELS } from "../../../trainer/src/models.generated.ts";
import { OPTIMIZERS } from "../../../trainer/src/optimizers.generated.ts";
import type { Preparation } from "../../../trainer/src/preparation.ts";
import { createRandom } from "../../../trainer/src/random.ts";
import { createTrainingStep } from "../../../trainer/src/training-step.ts";
import { BATCH_SIZE, type Network, ROWS, TOKENS, VOCABULARY } from "./networks.ts";

/** Answers each number of steps on standard input with what they took, as `training.py` does. */
export async function runWorker(network: Network, backend: "tensorflow" | "wasm"): Promise<void> {
  await selectBackend(backend, () => undefined);
  const preparation = prepare(network, backend);
  const rows = preparation.split.train;
  const step = createTrainingStep(preparation, (text) => {
    process.stderr.write(`${network.name}: ${text}\n`);
  });
  let at = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    const begin = performance.now();
    const before = process.cpuUsage();
    let loss = Number.NaN;
    for (let made = 0; made < Number(line); made++) {
      ({ dataLoss: loss } = await step.run(rows.subarray(at, at + BATCH_SIZE), false));
      at = (at + BATCH_SIZE) % ROWS;
    }
    const { user, system } = process.cpuUsage(before);
    const answer = {
      seconds: (performance.now() - begin) / 1000,
      cpu: (user + system) / 1e6,
      peak_mb: process.resourceUsage().maxRSS / 1024,
      loss,
    };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  step.dispose();
}

function prepare(network: Network, backend: string): Preparation {
  const checked = checkExperiment({
    name: network.title,
    data: { source: "trio" },
    model: { type: "mlp" },
    objective: { loss: "cross_entropy" },
    training: {
      optimizer: "adam",
      learning_rate: 1e-3,
      batch_size: BATCH_SIZE,
      epochs: 10,
      backend,
    },
  });
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  const dataset = datasetFor(network);
  const kind = MODELS.find(({ id }) => id === network.model.type);
  const optimizer = OPTIMIZERS.find(({ id }) => id === "adam");
  if (kind === undefined || optimizer === undefined) throw new Error("The registries lack a part");
  const none = new Int32Array();
  const split = {
    train: Int32Array.from({ length: ROWS }, (_, row) => row),
    validation: none,
    test: none,
  };
  return {
    experiment: { ...checked.experiment, model: network.model },
    dataset,
    split,
    evaluated: split,
    model: kind.create(network.model, dataset, 1),
    optimizer,
    penalties: { byParameter: new Map(), labels: [], dispose: () => undefined },
    stepsPerEpoch: ROWS / BATCH_SIZE,
    stepsTotal: 10 * (ROWS / BATCH_SIZE),
    objective: "mean cross_entropy",
  };
}

function datasetFor({ input, classes }: Network): Dataset {
  const modality = modalityOf(input);
  return {
    rows: ROWS,
    modalities: [modality],
    classes: Array.from({ length: classes }, (_, index) => String(index)),
    labels: Int32Array.from({ length: ROWS }, (_, row) => row % classes),
    captions: [],
  };
}

function modalityOf(input: Network["input"]): ModalityData {
  const random = createRandom(0, "bench");
  const every = {
    name: input,
    present: new Uint8Array(ROWS).fill(1),
    contentOf: Int32Array.from({ length: ROWS }, (_, row) => row),
  };
  if (input === "text") {
    const length = ROWS * TOKENS;
    const data = Int32Array.from({ length }, () => 1 + random.integer(VOCABULARY - 1));
    const vocabulary = Array.from({ length: VOCABULARY }, String);
    return { ...every, kind: "tokens", shape: [TOKENS], data, vocabulary };
  }
  const shape = input === "image" ? [32, 32, 3] : [784];
  const length = ROWS * shape.reduce((product, size) => product * size, 1);
  const data = Float32Array.from({ length }, () => random.uniform());
  return { ...every, kind: input === "image" ? "image" : "features", shape, data };
}
