import { dispose, tensor, tidy, type Variable } from "@tensorflow/tfjs-core";
import { currentTensorflow } from "./backends/tensorflow.ts";
import { makeBatch } from "./batch.ts";
import { createCompilation } from "./compiled/compilation.ts";
import { type ObservedUpdate, observedOptimizer } from "./compiled/fused-updates.ts";
import { createDescent, type Descent } from "./descent.ts";
import { createDropout, type Dropout, type Feed } from "./dropout.ts";
import { learningRateAt } from "./learning-rate.ts";
import { NonFiniteLoss } from "./non-finite-loss.ts";
import type { Parameter } from "./parameters.ts";
import type { Preparation } from "./preparation.ts";
import { readFloats } from "./read-floats.ts";
import { gradientNorms, stepGradients } from "./step-gradients.ts";

/** What one step measured, all of it at the weights before the step. */
export interface StepMeasurement {
  readonly dataLoss: number;
  /** Parts of the data loss without their weights, by name: `cross_entropy`, `info_nce`, … */
  readonly parts: Readonly<Record<string, number>>;
  readonly penalty: number;
  /** That the step was made with. */
  readonly learningRate: number;
  /** ‖∂ data loss / ∂w‖₂ by parameter name; empty unless asked for. */
  readonly gradientNorms: ReadonlyMap<string, number>;
}

export interface TrainingStep {
  /** What the optimizer keeps, by name; a checkpoint holds it. Settle before it is read. */
  readonly state: ReadonlyMap<string, Variable>;
  /** Goes on as if `step` steps had been made, the state being restored already. */
  resumeAt(step: number): void;
  /**
   * Begins a training anew from the parameters as they are: no step has been made, the optimizer keeps
   * nothing, no weight is masked. A compiled step stays compiled. Settle before parameters are changed.
   */
  restart(): void;
  /**
   * One step on the given rows.
   *
   * @throws {NonFiniteLoss} If the loss is NaN or infinite; the weights are then left as they were.
   */
  run(rows: Int32Array, wantsGradientNorms: boolean): Promise<StepMeasurement>;
  /** Brings the model's variables up to date: a compiled step keeps its weights elsewhere. */
  settle(): void;
  /** Value of all penalties at the weights as they are. */
  penalty(): Promise<number>;
  dispose(): void;
}

/** What a step is made of, whether it is compiled or not. */
export interface StepParts {
  readonly preparation: Preparation;
  readonly descent: Descent;
  /** Steps begun so far. */
  readonly count: () => number;
  /** Parameters that the step which was begun trains. */
  readonly trained: () => readonly Parameter[];
  /** Of the step that was begun. */
  readonly learningRate: () => number;
  dropout(feed: Feed): Dropout;
  /** Has the optimizer tell of its updates, or stops it. */
  observe(observer: ((update: ObservedUpdate) => void) | undefined): void;
}

/** Losses and gradient norms as they are read from the backend. */
export interface StepNumbers {
  readonly names: readonly string[];
  readonly losses: ArrayLike<number>;
  readonly parameters: readonly string[];
  readonly norms: ArrayLike<number>;
}

/**
 * The training step of an experiment; compiled where the backend can, so that a step is one call
 * instead of one for each operation. `log` is told which it is.
 */
export function createTrainingStep(
  preparation: Preparation,
  log: (text: string) => void,
): TrainingStep {
  const { experiment, model, penalties, trained, operations, stepsPerEpoch } = preparation;
  const { training } = experiment;
  let observer: ((update: ObservedUpdate) => void) | undefined;
  const optimizer = observedOptimizer(preparation.optimizer, () => observer);
  const descent = createDescent(optimizer, model.parameters, penalties.byParameter, {
    learningRate: training.learning_rate,
    momentum: training.momentum,
    weightDecay: training.weight_decay,
    ...(training.gradient_clip === undefined ? {} : { clip: training.gradient_clip }),
    rateFactors: trained.rateFactors,
    idleSteps: trained.idleSteps,
    masks: operations.masks,
  });
  let step = 0;
  const parts: StepParts = {
    preparation,
    descent,
    count: () => step,
    trained: () => trained.at(Math.ceil(step / stepsPerEpoch)),
    learningRate: () => learningRateAt(training, preparation, step),
    dropout: (feed) => createDropout(training.seed, () => step, feed),
    observe(given) {
      observer = given;
    },
  };
  const backend = currentTensorflow();
  const compilation = backend === undefined ? undefined : createCompilation(backend, parts, log);
  return {
    state: descent.state,
    resumeAt(done) {
      step = done;
    },
    restart() {
      compilation?.settle();
      step = 0;
      descent.restart();
      operations.restart();
    },
    async run(rows, wantsGradientNorms) {
      step += 1;
      const numbers =
        compilation?.run(rows, wantsGradientNorms) ??
        (await stepByOperations(parts, rows, wantsGradientNorms));
      return { ...measurementOf(numbers), learningRate: parts.learningRate() };
    },
    settle: () => compilation?.settle(),
    async penalty() {
      compilation?.settle();
      const value = descent.penalty();
      const [penalty = 0] = await readFloats(value);
      value.dispose();
      return penalty;
    },
    dispose() {
      compilation?.dispose();
      descent.dispose();
    },
  };
}

/** The reference, and what happens where steps are not compiled. */
async function stepByOperations(
  parts: StepParts,
  rows: Int32Array,
  wantsNorms: boolean,
): Promise<StepNumbers> {
  const { preparation, descent } = parts;
  const { dataset, model } = preparation;
  descent.lookAhead();
  const dropout = parts.dropout((values, shape) => tensor(values(), [...shape], "bool"));
  const made = tidy(() => {
    const batch = makeBatch(dataset, rows, model.modalities);
    const { names, ...tensors } = stepGradients(parts, batch, dropout);
    return { names: [...names], ...tensors };
  });
  try {
    const losses = await readFloats(made.losses);
    const [objective = Number.NaN] = await readFloats(made.objective);
    if (!Number.isFinite(objective)) {
      descent.retreat();
      throw await NonFiniteLoss.locate(objective, model.parameters, made.gradients);
    }
    const norms = wantsNorms ? await readNorms(made.gradients) : [];
    const scalars = { learningRate: parts.learningRate(), iteration: parts.count() };
    descent.step(made.gradients, scalars, made.penalties);
    return { names: made.names, losses, parameters: Object.keys(made.gradients), norms };
  } finally {
    dispose([made.losses, made.objective, made.gradients, made.penalties]);
  }
}

async function readNorms(gradients: Parameters<typeof gradientNorms>[0]): Promise<Float32Array> {
  const norms = gradientNorms(gradients);
  const values = await readFloats(norms);
  norms.dispose();
  return values;
}

function measurementOf(numbers: StepNumbers): Omit<StepMeasurement, "learningRate"> {
  const [dataLoss = Number.NaN, penalty = 0, ...parts] = Array.from(numbers.losses);
  const norms = Array.from(numbers.norms);
  return {
    dataLoss,
    penalty,
    parts: Object.fromEntries(
      numbers.names.map((name, index) => [name, parts[index] ?? Number.NaN]),
    ),
    gradientNorms: new Map(
      norms.map((norm, index) => [numbers.parameters[index] ?? String(index), norm]),
    ),
  };
}
