import { countZeros } from "../count-zeros.ts";
import { readWeights, restoreWeights } from "../kept-weights.ts";
import { NonFiniteLoss } from "../non-finite-loss.ts";
import type { VariableLambda } from "../penalty-terms.ts";
import { type Preparation, withoutTest } from "../preparation.ts";
import type { Moment } from "../procedure.ts";
import {
  createSession,
  operateOnWeights,
  type SessionSetting,
  type TrainingSession,
  tell,
  trainEpoch,
} from "../training-session.ts";
import { createTrainingStep } from "../training-step.ts";
import { progressWithin, type WholeRun } from "./progress-within.ts";

/** A training with one λ. */
export interface LambdaTraining {
  readonly lambda: number;
  readonly session: TrainingSession;
  /** Mean data loss on the rows that are held out; NaN where the loss left the finite numbers. */
  readonly heldOut: number;
  /** Of the weights that λ falls on, those that are not exactly zero. */
  readonly nonZeros: number;
}

/** Trains one model with one λ after the other; the training step is made, and compiled, once. */
export interface LambdaTrainer {
  /** Rejects when the signal is aborted. */
  train(lambda: number, before: Moment): Promise<LambdaTraining>;
  /** A session on the model with `weights` and `lambda`, in which no step is made. */
  show(lambda: number, weights: readonly Float32Array[], before: Moment): TrainingSession;
  dispose(): void;
}

export interface LambdaTrainerSetting
  extends Pick<SessionSetting, "preparation" | "writer" | "emit" | "signal"> {
  /** Every training starts from the weights of the one before. */
  readonly isWarm: boolean;
  readonly whole: WholeRun;
}

/** @throws {TypeError} If no λ of the preparation is variable. */
export async function createLambdaTrainer(setting: LambdaTrainerSetting): Promise<LambdaTrainer> {
  const { preparation, writer, emit, signal, isWarm, whole } = setting;
  const { parameters } = preparation.model;
  const [chosen] = [...preparation.penalties.variable.values()];
  if (chosen === undefined) throw new TypeError("Cannot train with λ after λ, none may change");
  const { strength } = chosen;
  const initial = await readWeights(parameters);
  const trainingStep = createTrainingStep(preparation, (text) => {
    writer.log(text);
  });
  const sessionAt = (before: Moment, own: Preparation) =>
    createSession({
      preparation: own,
      writer,
      emit: progressWithin(emit, before, whole),
      signal,
      before,
      trainingStep,
    });
  const untested = withoutTest(preparation);
  let isFit = false;
  return {
    async train(lambda, before) {
      trainingStep.restart();
      if (!isWarm || !isFit) restoreWeights(parameters, initial);
      strength.set(lambda);
      const session = sessionAt(before, untested);
      isFit = await isTrained(session);
      trainingStep.settle();
      return {
        lambda,
        session,
        heldOut: isFit ? (session.latest["validation/data_loss"] ?? Number.NaN) : Number.NaN,
        nonZeros: await nonZeros(preparation, chosen),
      };
    },
    show(lambda, weights, before) {
      trainingStep.restart();
      restoreWeights(parameters, weights);
      strength.set(lambda);
      return sessionAt(before, preparation);
    },
    dispose: () => {
      trainingStep.dispose();
    },
  };
}

/** False where the loss left the finite numbers, which is told. */
async function isTrained(session: TrainingSession): Promise<boolean> {
  const { epochs } = session.preparation.experiment.training;
  try {
    await operateOnWeights(session);
    for (let epoch = 1; epoch <= epochs; epoch++) await trainEpoch(session, epoch);
    return true;
  } catch (error) {
    if (!(error instanceof NonFiniteLoss)) throw error;
    tell(session, "warning", error.message);
    return false;
  }
}

async function nonZeros({ model }: Preparation, { terms }: VariableLambda): Promise<number> {
  const chosen = model.parameters.filter(({ name }) => terms.has(name));
  const { zeros, count } = await countZeros(chosen);
  return count - zeros;
}
