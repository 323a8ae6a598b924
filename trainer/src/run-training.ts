import type { RunRecord } from "../../core/protocol/run-files.ts";
import type { TrainerEvent } from "../../core/protocol/trainer.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { NonFiniteLoss } from "./non-finite-loss.ts";
import type { Preparation } from "./preparation.ts";
import type { TrainingOutcome, Trial, Values } from "./procedure.ts";
import type { RunWriter } from "./run/run-writer.ts";
import type { LambdaLearner } from "./selection/lambda-learner.ts";
import { resumeSession, saveCheckpoint } from "./session-checkpoint.ts";
import { writeItems } from "./snapshot.ts";
import { systemFault } from "./system-fault.ts";
import {
  createSession,
  finishEpoch,
  logStep,
  momentOf,
  operateOnWeights,
  snapshotWeights,
  type TrainingSession,
  trainEpoch,
} from "./training-session.ts";

/** Where a training writes and whom it tells, and where it goes on from. */
export interface TrainingPlace {
  readonly writer: RunWriter;
  readonly emit: (event: TrainerEvent) => void;
  readonly signal: AbortSignal;
  readonly checkpoint?: Checkpoint | undefined;
  /** Learns λ while the network trains. */
  readonly learner?: LambdaLearner;
  /** Of a sweep: it may stop before the end. */
  readonly trial?: Trial | undefined;
}

/**
 * Trains to the end, or until `signal` is aborted, and writes everything but `run.json`.
 *
 * What goes wrong is part of the outcome, and the weights as they were then are written first; it
 * only rejects when even that cannot be done. `afterTraining` is done with the trained model and says
 * what else there is to say in `run.json`.
 */
export async function runTraining(
  preparation: Preparation,
  { writer, emit, signal, checkpoint, trial, learner }: TrainingPlace,
  afterTraining?: (session: TrainingSession) => Promise<Partial<RunRecord>>,
): Promise<TrainingOutcome> {
  const session = createSession({
    preparation,
    writer,
    emit,
    signal,
    ...(learner === undefined ? {} : { learner }),
  });
  try {
    writeItems(writer, preparation.dataset, embeddedRows(preparation));
    if (checkpoint === undefined) await startFresh(session);
    else resumeSession(session, checkpoint);
    if (checkpoint !== undefined) await learner?.refresh();
    const { epochs } = preparation.experiment.training;
    const done = Math.floor(session.moment.step / preparation.stepsPerEpoch);
    const last = Math.min(epochs, trial?.epochs ?? epochs);
    for (let epoch = done + 1; epoch <= last; epoch++) await trainEpoch(session, epoch);
    if (last < epochs) return await pause(session, last);
    const record = await afterTraining?.(session);
    writer.removeCheckpoints();
    return { status: "finished", ...outcomeOf(session, record) };
  } catch (error) {
    if (signal.aborted) {
      await snapshotWeights(session);
      await saveCheckpoint(session);
      return { status: "cancelled", ...outcomeOf(session) };
    }
    return await fail(session, error);
  } finally {
    session.trainingStep.dispose();
  }
}

/** Stops where a later call goes on from. */
async function pause(session: TrainingSession, epoch: number): Promise<TrainingOutcome> {
  await snapshotWeights(session);
  await saveCheckpoint(session);
  const record = { stopped_by: `the sweep, after epoch ${epoch}` };
  return { status: "cancelled", ...outcomeOf(session, record) };
}

async function startFresh(session: TrainingSession): Promise<void> {
  await operateOnWeights(session);
  await finishEpoch(session, session.preparation.dataValues);
}

/** The weights of the failure are worth a look, and what was written before stays. */
async function fail(session: TrainingSession, error: unknown): Promise<TrainingOutcome> {
  logStep(session, failureValues(error));
  try {
    await snapshotWeights(session);
  } catch (cause) {
    // Without memory even this may fail; what was written before is there.
    session.writer.log(`The weights of this step could not be written: ${systemFault(cause)}`);
  }
  const { lastGood } = session;
  return {
    status: "failed",
    error,
    where: placeOf(session, error),
    ...(lastGood === undefined ? {} : { lastGood }),
    ...outcomeOf(session),
  };
}

function outcomeOf(session: TrainingSession, record: Partial<RunRecord> = {}) {
  const { diagnoses, latest } = session;
  return {
    final: latest,
    moment: momentOf(session),
    record: { ...record, ...(diagnoses.length === 0 ? {} : { diagnoses }) },
  };
}

/** Rows of the data set whose embeddings are written. */
function embeddedRows({ evaluated }: Preparation): Int32Array {
  return evaluated.validation.length > 0 ? evaluated.validation : evaluated.train;
}

function failureValues(error: unknown): Values {
  return error instanceof NonFiniteLoss ? { "train/loss": error.loss } : {};
}

function placeOf(session: TrainingSession, error: unknown): string {
  const { step, epoch } = momentOf(session);
  const place = `step ${step}, epoch ${epoch}`;
  return error instanceof NonFiniteLoss && error.layer !== undefined
    ? `${error.layer}, ${place}`
    : place;
}
