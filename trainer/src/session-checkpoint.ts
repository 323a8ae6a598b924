import type { Variable } from "@tensorflow/tfjs-core";
import { stepFileName } from "../../core/protocol/run-files.ts";
import {
  type Checkpoint,
  type CheckpointTensors,
  restoreCheckpoint,
  writeCheckpoint,
} from "./checkpoint.ts";
import { createGradientDiagnosis } from "./gradient-diagnosis.ts";
import { createIntervalMean } from "./interval-mean.ts";
import { readFloats } from "./read-floats.ts";
import type { TrainingSession } from "./training-session.ts";

/**
 * Nothing is written while a weight is not finite: the last checkpoints stay good ones. Nor is it at
 * the end of an epoch that was not measured to its end, which a resumed run would then pass over,
 * or in a training that is part of another.
 */
export async function saveCheckpoint(session: TrainingSession): Promise<void> {
  const { step } = session.moment;
  if (session.before !== undefined) return;
  const isEnd = step % session.preparation.stepsPerEpoch === 0;
  if (isEnd && session.evaluatedStep !== step) return;
  session.trainingStep.settle();
  const tensors: CheckpointTensors = await readAll(checkpointed(session));
  for (const { name } of session.preparation.model.parameters) {
    if (tensors.get(weightName(name))?.data.every(Number.isFinite) !== true) return;
  }
  const { latest, diagnoses, diagnosis, interval } = session;
  writeCheckpoint(session.writer, session.moment, tensors, {
    latest,
    diagnoses,
    gradients: diagnosis.history(),
    interval: interval.sums(),
  });
  session.lastGood = fileOf(step);
  session.checkpointMs = Date.now();
}

/** Puts the session where `checkpoint` was written. */
export function resumeSession(session: TrainingSession, checkpoint: Checkpoint): void {
  const { moment, memory } = checkpoint;
  restoreCheckpoint(checkpoint, checkpointed(session));
  session.moment = moment;
  session.startedStep = moment.step;
  session.trainingStep.resumeAt(moment.step);
  session.latest = memory.latest;
  session.diagnoses = memory.diagnoses;
  session.diagnosis = createGradientDiagnosis(memory.gradients);
  session.interval = createIntervalMean(memory.interval);
  session.lastGood = fileOf(moment.step);
  // None is written at the end of an epoch that was not measured.
  session.evaluatedStep = moment.step;
}

/** All that a checkpoint holds, by name. */
function checkpointed({ preparation, trainingStep }: TrainingSession): Map<string, Variable> {
  const { model, operations, penalties } = preparation;
  return new Map([
    ...model.parameters.map(({ name, variable }) => [weightName(name), variable] as const),
    ...[...trainingStep.state].map(([name, variable]) => [`state/${name}`, variable] as const),
    ...[...penalties.variable].map(
      ([index, { strength }]) => [`lambda/${index}`, strength.variable] as const,
    ),
    ...[...operations.masks].map(([name, variable]) => [`masks/${name}`, variable] as const),
  ]);
}

async function readAll(variables: ReadonlyMap<string, Variable>) {
  const tensors = new Map<string, { shape: readonly number[]; data: Float32Array }>();
  for (const [name, variable] of variables) {
    tensors.set(name, { shape: variable.shape, data: await readFloats(variable) });
  }
  return tensors;
}

const weightName = (parameter: string) => `weights/${parameter}`;
const fileOf = (step: number) => `checkpoints/${stepFileName(step)}`;
