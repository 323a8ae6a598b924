import { readFileSync } from "node:fs";
import path from "node:path";
import { decodeSafetensors } from "../../../core/formats/safetensors.ts";
import { parseRunRecord } from "../../../core/protocol/parse-run-files.ts";
import { RUN_FILES, type RunRecord, stepFileName } from "../../../core/protocol/run-files.ts";
import type { TrainRequest } from "../../../core/protocol/trainer.ts";
import { evaluate } from "../evaluate.ts";
import { readExperimentFile } from "../experiment-file.ts";
import { restoreWeights } from "../kept-weights.ts";
import { prefixed } from "../prefixed.ts";
import { prepareTraining } from "../preparation.ts";
import { releasePreparation } from "../prepared-network.ts";
import type { Values } from "../procedure.ts";
import { createRunWriter, toJsonNumbers } from "../run/run-writer.ts";
import { createTrainingStep } from "../training-step.ts";

interface Place {
  readonly request: TrainRequest;
  /** Folder of the experiment file. */
  readonly folder: string;
}

/**
 * Measures the finished trial in `run`, with the weights that it ended with, on the test part, which
 * no trial has seen, and adds that to its metrics. No values where there is no test part.
 *
 * @throws {TypeError} If the run folder is not as the trial has left it.
 */
export async function lookAtTest(
  run: string,
  set: readonly string[],
  { request, folder }: Place,
  signal: AbortSignal,
): Promise<{ readonly values: Values; readonly record: RunRecord }> {
  const file = readExperimentFile(request.spec, request.workspace, set);
  const preparation = await prepareTraining(file, { folder, signal, report: () => undefined });
  const trainingStep = createTrainingStep(preparation, () => undefined);
  try {
    const { model, dataset, evaluated, experiment, stepsTotal } = preparation;
    if (evaluated.test.length === 0) return { values: {}, record: readRecord(run) };
    restoreWeights(
      model.parameters,
      readSnapshot(
        run,
        stepsTotal,
        model.parameters.map(({ name }) => name),
      ),
    );
    const task = {
      model,
      dataset,
      objective: experiment.objective,
      batchSize: experiment.training.batch_size,
      penalty: await trainingStep.penalty(),
    };
    const { values } = await evaluate(task, evaluated.test, signal);
    const measured = prefixed("test", values);
    addToRun(run, stepsTotal, experiment.training.epochs, measured);
    return { values: measured, record: readRecord(run) };
  } finally {
    trainingStep.dispose();
    releasePreparation(preparation);
  }
}

function readSnapshot(
  run: string,
  step: number,
  names: readonly string[],
): readonly Float32Array[] {
  const file = path.join(run, "weights", stepFileName(step));
  const contents = decodeSafetensors(readFileSync(file));
  if (!("tensors" in contents)) throw new TypeError(`Cannot read the weights of ${file}`);
  return names.map((name) => {
    const data = contents.tensors.find((tensor) => tensor.name === name)?.data;
    if (data instanceof Float32Array) return data;
    throw new TypeError(`Cannot find ${name} among the weights of ${file}`);
  });
}

function readRecord(run: string): RunRecord {
  const record = parseRunRecord(JSON.parse(readFileSync(path.join(run, RUN_FILES.record), "utf8")));
  if (typeof record === "string") throw new TypeError(`Cannot read ${run}/run.json: ${record}`);
  return record;
}

function addToRun(run: string, step: number, epoch: number, values: Values): void {
  const record = readRecord(run);
  const spec = readFileSync(path.join(run, RUN_FILES.spec), "utf8");
  const writer = createRunWriter(run, spec, record);
  try {
    writer.metrics(step, epoch, values);
    writer.update({ final: { ...record.final, ...toJsonNumbers(values) } });
    writer.log("Best trial of the sweep; the test part was looked at");
  } finally {
    writer.close();
  }
}
