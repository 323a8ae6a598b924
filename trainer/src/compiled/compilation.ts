import { engine, scalar, type Tensor } from "@tensorflow/tfjs-core";
import type { TensorflowBackend } from "../backends/tensorflow-backend.ts";
import { type Batch, makeBatch } from "../batch.ts";
import { gradientNorms, stepGradients } from "../step-gradients.ts";
import type { StepNumbers, StepParts } from "../training-step.ts";
import { type CompiledStep, compileStep, type RecordedStep } from "./compile-step.ts";

/** Below this many steps a step that runs at once is worth more than one that runs fast. */
const MIN_STEPS = 30;
/** Outputs: losses, then gradient norms. */
const NORMS = 1;

/** A training step that is compiled before it is made for the first time. */
export interface Compilation {
  /**
   * Makes a step; `undefined` where it was not made, because steps are not compiled or the loss is
   * not finite: variables are then as they were before the step, and up to date.
   */
  run(rows: Int32Array, wantsNorms: boolean): StepNumbers | undefined;
  /** Brings the variables up to date. */
  settle(): void;
  dispose(): void;
}

/** What a batch is fed as; every batch has the same shapes. */
interface StepInputs {
  readonly batch: Batch;
  readonly learningRate: ReturnType<typeof scalar>;
  readonly iteration: ReturnType<typeof scalar>;
}

interface Names {
  readonly losses: readonly string[];
  readonly parameters: readonly string[];
}

/**
 * Compiles the step of `parts` for batches of one size: the last batch of an epoch is filled up with
 * rows that no loss counts. `log` is told what became of it.
 */
export function createCompilation(
  backend: TensorflowBackend,
  parts: StepParts,
  log: (text: string) => void,
): Compilation {
  const { dataset, model, experiment, split, stepsTotal, penalties } = parts.preparation;
  const { training } = experiment;
  const size = Math.min(training.batch_size, split.train.length);
  const inputsFor = (rows: Int32Array): StepInputs => ({
    batch: makeBatch(dataset, rows, model.modalities, size),
    learningRate: scalar(parts.learningRate()),
    iteration: scalar(parts.count()),
  });
  let isWanted = training.compile && stepsTotal >= MIN_STEPS;
  let compiled: CompiledStep | undefined;
  let names: Names = { losses: [], parameters: [] };
  const numbersOf = ([
    losses = new Float32Array(),
    norms = new Float32Array(),
  ]: readonly Float32Array[]) => ({
    names: names.losses,
    losses,
    parameters: names.parameters,
    norms,
  });

  const variables = [
    ...model.parameters.map(({ variable }) => variable),
    ...parts.descent.state.values(),
    ...parts.preparation.operations.masks.values(),
    ...[...penalties.variable.values()].map(({ strength }) => strength.variable),
  ];
  const makeCompiled = (rows: Int32Array, wantsNorms: boolean): StepNumbers | undefined => {
    const outputs = compiled?.run(() => tensorsOf(inputsFor(rows)), wantsNorms ? [NORMS] : []);
    if (outputs !== undefined) return numbersOf(outputs);
    compiled?.settle();
    return undefined;
  };

  /** A run that is resumed compiles at another step, so no step is made while it is recorded. */
  const begin = (rows: Int32Array): void => {
    isWanted = false;
    const started = performance.now();
    const made = inScope(() => {
      const inputs = inputsFor(rows);
      return compileStep(backend, {
        variables,
        inputs: tensorsOf(inputs),
        run(recorded) {
          const step = makeStep(parts, inputs, recorded);
          ({ names } = step);
          return step;
        },
      });
    });
    if ("why" in made) {
      log(`Steps run operation by operation: ${made.why}`);
      return;
    }
    compiled = made;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    log(`A step is compiled to one call of ${compiled.size} operations (${seconds} s)`);
  };

  let trained = "";
  /** A step that trains other parameters than the compiled one has to be compiled anew. */
  const dropOutdated = () => {
    const now = parts
      .trained()
      .map(({ name }) => name)
      .join(" ");
    if (compiled !== undefined && now !== trained) {
      compiled.settle();
      compiled.dispose();
      compiled = undefined;
      isWanted = true;
    }
    trained = now;
  };

  return {
    run(rows, wantsNorms) {
      dropOutdated();
      if (isWanted) begin(rows);
      return makeCompiled(rows, wantsNorms);
    },
    settle: () => compiled?.settle(),
    dispose: () => compiled?.dispose(),
  };
}

function makeStep(
  parts: StepParts,
  { batch, learningRate, iteration }: StepInputs,
  recorded: RecordedStep,
) {
  const { descent, dropout, observe } = parts;
  descent.lookAhead();
  const made = stepGradients(parts, batch, dropout(recorded.feed));
  const norms = gradientNorms(made.gradients);
  observe(recorded.observe);
  descent.step(made.gradients, { learningRate, iteration }, made.penalties);
  observe(undefined);
  return {
    guard: made.objective,
    outputs: [made.losses, norms],
    names: { losses: made.names, parameters: Object.keys(made.gradients) },
  };
}

function tensorsOf({ batch, learningRate, iteration }: StepInputs): readonly Tensor[] {
  return [
    ...batch.inputs.values(),
    // Where no labels are withheld both are one tensor.
    ...new Set([...batch.present.values(), ...batch.labelled.values()]),
    batch.target,
    learningRate,
    iteration,
  ];
}

/** As tidy(), which looks for tensors in what is given back. */
function inScope<Result>(work: () => Result): Result {
  engine().startScope("compilation");
  try {
    return work();
  } finally {
    engine().endScope();
  }
}
