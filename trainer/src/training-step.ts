import {
  dispose,
  keep,
  norm,
  type Scalar,
  stack,
  type Tensor,
  tensor,
  tidy,
  variableGrads,
} from "@tensorflow/tfjs-core";
import { makeBatch } from "./batch.ts";
import { createDescent } from "./descent.ts";
import { createDropout } from "./dropout.ts";
import { learningRateAt } from "./learning-rate.ts";
import { NonFiniteLoss } from "./non-finite-loss.ts";
import { dataLoss } from "./objective.ts";
import type { Preparation } from "./preparation.ts";
import { readFloats } from "./read-floats.ts";

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
  /**
   * One step on the given rows.
   *
   * @throws {NonFiniteLoss} If the loss is NaN or infinite; the weights are then left as they were.
   */
  run(rows: Int32Array, wantsGradientNorms: boolean): Promise<StepMeasurement>;
  /** Value of all penalties at the weights as they are. */
  penalty(): Promise<number>;
  dispose(): void;
}

export function createTrainingStep(preparation: Preparation): TrainingStep {
  const { experiment, dataset, model, optimizer, penalties } = preparation;
  const { training, objective } = experiment;
  const variables = model.parameters.map(({ variable }) => variable);
  const descent = createDescent(optimizer, model.parameters, penalties.byParameter, {
    learningRate: training.learning_rate,
    momentum: training.momentum,
    weightDecay: training.weight_decay,
    ...(training.gradient_clip === undefined ? {} : { clip: training.gradient_clip }),
  });
  let step = 0;
  const dropout = createDropout(
    training.seed,
    () => step,
    (values, shape) => tensor(values(), [...shape], "bool"),
  );

  const differentiate = (rows: Int32Array) =>
    tidy(() => {
      const batch = makeBatch(dataset, rows, model.modalities);
      const parts = new Map<string, Scalar>();
      const { value, grads } = variableGrads(() => {
        const loss = dataLoss(model.forward(batch, dropout), batch, objective);
        for (const [name, part] of Object.entries(loss.parts)) parts.set(name, keep(part));
        return loss.total;
      }, variables);
      const losses = stack([value, descent.penalty(), ...parts.values()]);
      dispose([...parts.values()]);
      const gradients: Record<string, Tensor> = {};
      for (const { name, variable } of model.parameters) {
        const gradient = grads[variable.name];
        if (gradient !== undefined) gradients[name] = gradient;
      }
      return { names: [...parts.keys()], losses, gradients };
    });

  return {
    async run(rows, wantsGradientNorms) {
      step += 1;
      descent.lookAhead();
      const { names, losses, gradients } = differentiate(rows);
      try {
        const [total = Number.NaN, penalty = 0, ...parts] = await readFloats(losses);
        if (!Number.isFinite(total + penalty)) {
          descent.retreat();
          throw await NonFiniteLoss.locate(total + penalty, model.parameters, gradients);
        }
        const gradientNorms = wantsGradientNorms ? await normsOf(gradients) : new Map();
        const learningRate = learningRateAt(training, preparation, step);
        descent.step(gradients, { learningRate, iteration: step });
        return {
          learningRate,
          dataLoss: total,
          parts: Object.fromEntries(names.map((name, index) => [name, parts[index] ?? Number.NaN])),
          penalty,
          gradientNorms,
        };
      } finally {
        dispose([losses, gradients]);
      }
    },
    async penalty() {
      const value = descent.penalty();
      const [penalty = 0] = await readFloats(value);
      value.dispose();
      return penalty;
    },
    dispose: () => {
      descent.dispose();
    },
  };
}

async function normsOf(
  gradients: Readonly<Record<string, Tensor>>,
): Promise<ReadonlyMap<string, number>> {
  const names = Object.keys(gradients);
  const norms = tidy(() => stack(Object.values(gradients).map((gradient) => norm(gradient))));
  const values = await readFloats(norms);
  norms.dispose();
  return new Map(names.map((name, index) => [name, values[index] ?? Number.NaN]));
}
