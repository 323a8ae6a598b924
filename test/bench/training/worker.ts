import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { selectBackend } from "../../../trainer/src/backends/select.ts";
import type { Dataset, ModalityData } from "../../../trainer/src/dataset.ts";
import { readExperimentFile } from "../../../trainer/src/experiment-file.ts";
import { MODELS } from "../../../trainer/src/models.generated.ts";
import { type Preparation, prepareTraining } from "../../../trainer/src/preparation.ts";
import { createRandom } from "../../../trainer/src/random.ts";
import { createTrainingStep } from "../../../trainer/src/training-step.ts";
import { BATCH_SIZE, type Network, ROWS, TOKENS, VOCABULARY } from "./networks.ts";

/** Answers each number of steps on standard input with what they took, as `training.py` does. */
export async function runWorker(network: Network, backend: "tensorflow" | "wasm"): Promise<void> {
  await selectBackend(backend, () => undefined);
  const preparation = await prepare(network, backend);
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

/** A small experiment as the trainer prepares it, with data and network replaced. */
async function prepare(network: Network, backend: string): Promise<Preparation> {
  const folder = mkdtempSync(path.join(tmpdir(), "normlens-bench-"));
  const spec = path.join(folder, "bench.normlens.yaml");
  writeFileSync(spec, SPEC.replace("BACKEND", backend));
  const file = readExperimentFile(spec, folder, []);
  const { signal } = new AbortController();
  const base = await prepareTraining(file, { folder, signal, report: () => undefined });
  rmSync(folder, { recursive: true });
  base.model.dispose();
  const dataset = datasetFor(network);
  const kind = MODELS.find(({ id }) => id === network.model.type);
  if (kind === undefined) throw new Error(`There is no model ${network.model.type}`);
  const model = kind.create(network.model, dataset, 1);
  const none = new Int32Array();
  const split = {
    train: Int32Array.from({ length: ROWS }, (_, row) => row),
    validation: none,
    test: none,
  };
  return {
    ...base,
    experiment: { ...base.experiment, model: network.model },
    dataset,
    split,
    evaluated: split,
    model,
    trained: { ...base.trained, at: () => model.parameters },
    stepsPerEpoch: ROWS / BATCH_SIZE,
    stepsTotal: 10 * (ROWS / BATCH_SIZE),
  };
}

const SPEC = `name: bench
data: { source: trio, samples: 60 }
model: { type: mlp, modality: image }
objective: { loss: cross_entropy }
training: { optimizer: adam, learning_rate: 1e-3, batch_size: ${BATCH_SIZE}, epochs: 10, backend: BACKEND }
`;

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
