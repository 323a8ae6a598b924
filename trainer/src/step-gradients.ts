import {
  add,
  dispose,
  keep,
  norm,
  type Scalar,
  stack,
  type Tensor,
  tidy,
  variableGrads,
} from "@tensorflow/tfjs-core";
import type { Batch } from "./batch.ts";
import type { PenaltyGradients } from "./descent.ts";
import type { Dropout } from "./dropout.ts";
import { dataLoss } from "./objective.ts";
import type { StepParts } from "./training-step.ts";

/** What the gradient of a batch is made with; whoever makes it disposes its tensors. */
export interface StepGradients {
  /** Parts of the data loss and what it has learned, in the order in which `losses` has them. */
  readonly names: readonly string[];
  /** Data loss, penalty, then what `names` says, the parts without their weights. */
  readonly losses: Tensor;
  /** Data loss + penalty. */
  readonly objective: Scalar;
  /** ∂ data loss / ∂w by parameter name. */
  readonly gradients: Readonly<Record<string, Tensor>>;
  /** For the step that these gradients are for. */
  readonly penalties: PenaltyGradients;
}

/** Losses and gradients of a batch at the weights as they are; frozen parameters have none. */
export function stepGradients(
  { preparation: { model, experiment }, descent, trained }: StepParts,
  batch: Batch,
  dropout: Dropout,
): StepGradients {
  const names: string[] = [];
  const moving = trained();
  const tensors = tidy(() => {
    const parts: Scalar[] = [];
    const { value, grads } = variableGrads(
      () => {
        const outputs = model.forward(batch, dropout);
        const loss = dataLoss(outputs, batch, experiment.objective, model.logits);
        for (const [name, part] of Object.entries({ ...loss.parts, ...model.logits?.values() })) {
          names.push(name);
          parts.push(keep(part));
        }
        return loss.total;
      },
      moving.map(({ variable }) => variable),
    );
    const penalty = descent.penaltyWithGradients();
    const losses = stack([value, penalty.value, ...parts]);
    const objective = add<Scalar>(value, penalty.value);
    dispose(parts);
    const gradients: Record<string, Tensor> = {};
    for (const { name, variable } of moving) {
      const gradient = grads[variable.name];
      if (gradient !== undefined) gradients[name] = gradient;
    }
    return { losses, objective, gradients, penalties: penalty.gradients };
  });
  return { names, ...tensors };
}

/** ‖∂ data loss / ∂w‖₂ of each gradient, in their order. */
export function gradientNorms(gradients: Readonly<Record<string, Tensor>>): Tensor {
  return tidy(() => stack(Object.values(gradients).map((gradient) => norm(gradient))));
}
