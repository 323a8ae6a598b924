import { checkExperiment } from "../../../core/experiment/check-experiment.ts";
import { problemText } from "../../../core/experiment/experiment-problem.ts";
import { BACKEND_NAMES, type BackendName } from "../backends/backend.ts";
import { nvidiaGpus } from "../backends/nvidia-gpus.ts";
import { selectBackend } from "../backends/select.ts";
import { currentTensorflow, tensorflowBuild } from "../backends/tensorflow.ts";
import type { ExperimentFile } from "../experiment-file.ts";
import { ExperimentRefused } from "../experiment-refused.ts";
import { prepareTraining } from "../preparation.ts";
import { releasePreparation } from "../prepared-network.ts";
import { createTrainingStep } from "../training-step.ts";

/** What one backend is worth on this machine. */
export type BackendReport =
  | {
      readonly name: BackendName;
      readonly works: true;
      readonly device: string;
      /** Of training the small model. */
      readonly samplesPerSecond: number;
    }
  | {
      readonly name: BackendName;
      readonly works: false;
      /** What is missing or wrong, and what to do: two sentences. */
      readonly why: string;
    };

export interface MachineReport {
  /** Fastest first, as `auto` tries them. */
  readonly backends: readonly BackendReport[];
  /** What `auto` takes; `undefined` when nothing works. */
  readonly chosen: BackendName | undefined;
  /** NVIDIA GPUs by name, `undefined` without their driver. */
  readonly nvidiaGpus: readonly string[] | undefined;
  /** Which build of TensorFlow is installed, and whether it computes on a GPU. */
  readonly tensorflow: { readonly build: "cpu" | "cuda"; readonly usesGpu: boolean } | undefined;
  /** The model that samples per second are of. */
  readonly model: string;
}

/** Milliseconds that a backend is measured for, after its first step. */
const MEASURED_MS = 700;
const BATCH_SIZE = 32;
const WARM_UP_STEPS = 1;

/** A convolution of each kind that training meets, small enough for plain JavaScript. */
const EXPERIMENT = {
  name: "doctor",
  data: { source: "trio", samples: 96, image_size: 12 },
  split: { method: "holdout", validation: 0, test: 0 },
  model: { type: "cnn", modality: "image", channels: [8, 16], hidden: [32] },
  objective: { loss: "cross_entropy" },
  training: { optimizer: "adam", batch_size: BATCH_SIZE, epochs: 1000 },
};

/**
 * Looks at every backend and trains a small network on each that works.
 *
 * Takes a few seconds. Never rejects because of a backend; rejects when `signal` is aborted.
 */
export async function examineBackends(signal: AbortSignal): Promise<MachineReport> {
  const backends: BackendReport[] = [];
  let usesGpu = false;
  for (const name of BACKEND_NAMES) {
    backends.push(await examine(name, signal));
    usesGpu ||= currentTensorflow()?.isUsingGpuDevice === true;
  }
  const build = tensorflowBuild();
  return {
    backends,
    chosen: await chosenByAuto(),
    nvidiaGpus: nvidiaGpus(),
    tensorflow: build === undefined ? undefined : { build, usesGpu },
    model: "CNN 12×12×3, 8 and 16 channels, batches of 32",
  };
}

/** Not the first that works: a software adapter works when it is asked for, and `auto` passes it over. */
async function chosenByAuto(): Promise<BackendName | undefined> {
  try {
    const { name } = await selectBackend("auto", () => undefined);
    return BACKEND_NAMES.find((known) => known === name);
  } catch {
    // Every backend's own report says why it does not work.
    return undefined;
  }
}

async function examine(name: BackendName, signal: AbortSignal): Promise<BackendReport> {
  signal.throwIfAborted();
  try {
    const { device } = await selectBackend(name, () => undefined);
    return { name, works: true, device, samplesPerSecond: await measure(signal) };
  } catch (error) {
    signal.throwIfAborted();
    return { name, works: false, why: error instanceof Error ? error.message : String(error) };
  }
}

async function measure(signal: AbortSignal): Promise<number> {
  const context = { folder: ".", signal, report: () => undefined };
  const preparation = await prepareTraining(experimentFile(), context);
  const step = createTrainingStep(preparation, () => undefined);
  const rows = preparation.split.train.subarray(0, BATCH_SIZE);
  try {
    for (let made = 0; made < WARM_UP_STEPS; made++) await step.run(rows, false);
    const begin = performance.now();
    let steps = 0;
    do {
      signal.throwIfAborted();
      await step.run(rows, false);
      steps += 1;
    } while (performance.now() - begin < MEASURED_MS);
    return (steps * BATCH_SIZE * 1000) / (performance.now() - begin);
  } finally {
    step.dispose();
    releasePreparation(preparation);
  }
}

/** @throws {ExperimentRefused} If the experiment above is none any more. */
function experimentFile(): ExperimentFile {
  const checked = checkExperiment(EXPERIMENT);
  if ("problems" in checked) throw new ExperimentRefused(checked.problems.map(problemText));
  return {
    experiment: checked.experiment,
    text: "",
    hash: "",
    name: EXPERIMENT.name,
    has: () => false,
    refuse: (problem) => new ExperimentRefused([problemText(problem)]),
  };
}
