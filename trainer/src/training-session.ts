import { stepFileName } from "../../core/protocol/run-files.ts";
import type { TrainerEvent } from "../../core/protocol/trainer.ts";
import { type Evaluation, evaluate } from "./evaluate.ts";
import { createGradientDiagnosis, type GradientDiagnosis } from "./gradient-diagnosis.ts";
import { createIntervalMean, type IntervalMean } from "./interval-mean.ts";
import { prefixed } from "./prefixed.ts";
import type { Preparation } from "./preparation.ts";
import type { Moment, Values } from "./procedure.ts";
import { createRandom } from "./random.ts";
import { readFloats } from "./read-floats.ts";
import { type RunWriter, toJsonNumbers } from "./run/run-writer.ts";
import type { LambdaLearner } from "./selection/lambda-learner.ts";
import { saveCheckpoint } from "./session-checkpoint.ts";
import { type WeightTensor, writeEmbeddings, writeWeights } from "./snapshot.ts";
import type { Split } from "./split.ts";
import { createTrainingStep, type StepMeasurement, type TrainingStep } from "./training-step.ts";

/** Milliseconds from one progress event to the next. */
const PROGRESS_EVERY_MS = 100;

/** Milliseconds between the checkpoints of epochs: an epoch may be one step, and no work to repeat. */
const CHECKPOINT_PAUSE_MS = 2000;

/** What a session is made with. */
export interface SessionSetting {
  readonly preparation: Preparation;
  readonly writer: RunWriter;
  readonly emit: (event: TrainerEvent) => void;
  readonly signal: AbortSignal;
  /** Steps and epochs of the run before this session; none for a training of its own. */
  readonly before?: Moment;
  /** A step that earlier sessions of the run have used, and later ones will. */
  readonly trainingStep?: TrainingStep;
  /** Learns λ while the network trains. */
  readonly learner?: LambdaLearner;
}

/** A training under way; the functions below share it. */
export interface TrainingSession extends SessionSetting {
  readonly trainingStep: TrainingStep;
  diagnosis: GradientDiagnosis;
  /** Sentences about what goes wrong without ending the run. */
  diagnoses: readonly string[];
  /** Losses of the steps since the last line of metrics. */
  interval: IntervalMean;
  readonly startedMs: number;
  /** Step that this process began with. */
  startedStep: number;
  /** Where the session is, counted from its own start; replaced as it goes on. */
  moment: Moment;
  lastProgressMs: number;
  /** When the last checkpoint was written, or the session began. */
  checkpointMs: number;
  /** Step of the last snapshot of the weights. */
  snapshotStep: number;
  /** Step that the parts were last measured at. */
  evaluatedStep: number;
  /** File in the run folder with the last weights that were all finite. */
  lastGood: string | undefined;
  /** Latest value of every metric. */
  latest: Values;
}

export function createSession(setting: SessionSetting): TrainingSession {
  return {
    ...setting,
    trainingStep:
      setting.trainingStep ??
      createTrainingStep(setting.preparation, (text) => {
        setting.writer.log(text);
      }),
    diagnosis: createGradientDiagnosis(),
    diagnoses: [],
    interval: createIntervalMean(),
    startedMs: Date.now(),
    startedStep: 0,
    moment: { step: 0, epoch: 0 },
    lastProgressMs: 0,
    checkpointMs: Date.now(),
    snapshotStep: -1,
    evaluatedStep: -1,
    lastGood: undefined,
    latest: {},
  };
}

/** Where the run is. */
export function momentOf({ moment, before }: TrainingSession): Moment {
  return before === undefined
    ? moment
    : { step: before.step + moment.step, epoch: before.epoch + moment.epoch };
}

/** Trains what is left of an epoch. */
export async function trainEpoch(session: TrainingSession, epoch: number): Promise<void> {
  const { experiment, split, stepsPerEpoch } = session.preparation;
  const { batch_size: batchSize, seed } = experiment.training;
  const order = createRandom(seed, `order/${epoch}`).permutation(split.train.length);
  const done = session.moment.step - (epoch - 1) * stepsPerEpoch;
  for (let index = Math.max(0, done); index < stepsPerEpoch; index++) {
    // Signals and control messages are only seen when the event loop gets its turn.
    await new Promise(setImmediate);
    session.signal.throwIfAborted();
    const rows = order
      .subarray(index * batchSize, (index + 1) * batchSize)
      .map((place) => split.train[place] ?? 0);
    session.moment = { step: session.moment.step + 1, epoch };
    await trainRows(session, rows, index === stepsPerEpoch - 1);
  }
}

/** One step, what is due after it, and the line of metrics it may end with. */
async function trainRows(
  session: TrainingSession,
  rows: Int32Array,
  isLast: boolean,
): Promise<void> {
  const { interval, preparation } = session;
  const { training } = preparation.experiment;
  const { step } = session.moment;
  const isLogged = isLast || step % training.log_every === 0;
  const measured = await session.trainingStep.run(rows, isLogged);
  const values = trainValues(measured);
  interval.add(values, rows.length);
  reportProgress(session, values["train/loss"] ?? Number.NaN, isLast);
  const norms = isLogged ? gradientValues(session, measured.gradientNorms) : {};
  await operateOnWeights(session);
  await learnLambdas(session);
  const own = { ...norms, ...session.learner?.values() };
  if (isLast) await finishEpoch(session, { ...interval.take(), ...own });
  else if (isLogged) logStep(session, { ...interval.take(), ...own });
  const { checkpoint_every: every } = training;
  const isAskedFor = every !== undefined && step % every === 0;
  const isWorthIt = isLast && Date.now() - session.checkpointMs > CHECKPOINT_PAUSE_MS;
  if (isAskedFor || isWorthIt) await saveCheckpoint(session);
}

async function learnLambdas({ learner, moment, trainingStep }: TrainingSession): Promise<void> {
  if (learner?.isDue(moment.step) !== true) return;
  trainingStep.settle();
  await learner.learn(moment.epoch);
}

/**
 * Measures the parts, writes the snapshots that are due, and logs all of it as one line.
 *
 * `trained` are the mean losses of the steps since the last line, and take the place of those measured
 * here on the training part: `train/loss` is a loss of training steps wherever there were any.
 */
export async function finishEpoch(session: TrainingSession, trained: Values): Promise<void> {
  const { experiment } = session.preparation;
  const { epochs, snapshot_every: snapshotEvery } = experiment.training;
  const { epoch } = session.moment;
  const isFinal = epoch === epochs;
  const measured = await measure(
    session,
    isFinal ? ["train", "validation", "test"] : ["train", "validation"],
  );
  let values: Values = { ...measured.values, ...trained };
  const at = momentOf(session);
  if (isFinal || epoch % snapshotEvery === 0) {
    const { embeddings } = measured;
    if (embeddings !== undefined) writeEmbeddings(session.writer, at.step, embeddings);
    values = { ...values, ...(await snapshotWeights(session)) };
  }
  logStep(session, values);
  session.evaluatedStep = session.moment.step;
  // Epochs of a training that is part of another are told by what they are for.
  if (session.before !== undefined) return;
  session.emit({ type: "evaluated", ...at, values: toJsonNumbers(values) });
}

/** What parts were measured to be worth. */
interface MeasuredParts {
  /** By metric name with the part: "validation/loss". */
  readonly values: Values;
  /** Of the validation part, or where there is none of the training part. */
  readonly embeddings: Evaluation["embeddings"] | undefined;
}

/** Measures those of the parts that have rows. */
export async function measure(
  session: TrainingSession,
  parts: readonly (keyof Split)[],
): Promise<MeasuredParts> {
  session.trainingStep.settle();
  const { model, dataset, experiment, evaluated } = session.preparation;
  const task = {
    model,
    dataset,
    objective: experiment.objective,
    batchSize: experiment.training.batch_size,
    penalty: await session.trainingStep.penalty(),
  };
  const measured = new Map<keyof Split, Evaluation>();
  for (const part of parts) {
    const rows = evaluated[part];
    if (rows.length > 0) measured.set(part, await evaluate(task, rows, session.signal));
  }
  return {
    values: Object.assign(
      {},
      ...Array.from(measured, ([part, { values }]) => prefixed(part, values)),
    ),
    embeddings: (measured.get("validation") ?? measured.get("train"))?.embeddings,
  };
}

/** Does what the experiment does to weights at this step, and tells it. */
export async function operateOnWeights(session: TrainingSession): Promise<void> {
  const { operations } = session.preparation;
  if (!operations.isDue(session.moment.step)) return;
  const { epoch, step } = momentOf(session);
  session.trainingStep.settle();
  for (const text of await operations.apply(session.moment.step)) {
    tell(session, "info", `Step ${step}, epoch ${epoch}: ${text}`);
  }
}

/** Writes the weights unless this step's are written already. */
export async function snapshotWeights(session: TrainingSession): Promise<Values> {
  const at = momentOf(session);
  if (session.snapshotStep === at.step) return {};
  const { model, penalties } = session.preparation;
  session.trainingStep.settle();
  const tensors: WeightTensor[] = [];
  for (const { name, kind, variable } of model.parameters) {
    const labels = (penalties.byParameter.get(name) ?? []).map((term) => term.label());
    const penalty = labels.join(" + ");
    const data = await readFloats(variable);
    tensors.push({ name, kind, shape: variable.shape, data, penalty });
  }
  const values = writeWeights(session.writer, at, tensors);
  session.snapshotStep = at.step;
  if (tensors.every(({ data }) => data.every(Number.isFinite))) {
    session.lastGood = `weights/${stepFileName(at.step)}`;
  }
  return values;
}

export function logStep(session: TrainingSession, values: Values): void {
  if (Object.keys(values).length === 0) return;
  const { step, epoch } = momentOf(session);
  session.writer.metrics(step, epoch, values);
  session.latest = { ...session.latest, ...values };
}

export function tell(session: TrainingSession, level: "info" | "warning", text: string): void {
  session.writer.log(text);
  session.emit({ type: "message", level, text });
}

/** `weights/<layer>/gradient_norm` of the weights; what is wrong with gradients is told by the way. */
function gradientValues(session: TrainingSession, norms: ReadonlyMap<string, number>): Values {
  const samples = session.preparation.model.parameters.flatMap(({ name, kind, variable }) => {
    const norm = norms.get(name);
    return kind !== "weight" || norm === undefined ? [] : [{ name, norm, size: variable.size }];
  });
  for (const text of session.diagnosis.observe(momentOf(session).step, samples)) {
    session.diagnoses = [...session.diagnoses, text];
    tell(session, "warning", text);
  }
  return Object.fromEntries(
    samples.map(({ name, norm }) => [`weights/${name}/gradient_norm`, norm]),
  );
}

function reportProgress(session: TrainingSession, loss: number, isDue: boolean): void {
  const now = Date.now();
  if (!isDue && now - session.lastProgressMs < PROGRESS_EVERY_MS) return;
  session.lastProgressMs = now;
  const { experiment, stepsTotal, stepsPerEpoch, split } = session.preparation;
  const { step, epoch } = session.moment;
  const seconds = Math.max(1e-3, (now - session.startedMs) / 1000);
  const made = step - session.startedStep;
  session.emit({
    type: "progress",
    step,
    steps_total: stepsTotal,
    epoch,
    epochs_total: experiment.training.epochs,
    loss,
    samples_per_second: ((made / stepsPerEpoch) * split.train.length) / seconds,
    seconds_left: (seconds / made) * (stepsTotal - step),
  });
}

function trainValues({ dataLoss, parts, penalty, learningRate }: StepMeasurement): Values {
  return {
    "train/learning_rate": learningRate,
    "train/loss": dataLoss + penalty,
    "train/data_loss": dataLoss,
    "train/penalty": penalty,
    ...prefixed("train", parts),
  };
}
