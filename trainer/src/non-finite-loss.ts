import type { Tensor } from "@tensorflow/tfjs-core";
import type { Parameter } from "./parameters.ts";
import { readFloats } from "./read-floats.ts";

/** The loss left the finite numbers; training cannot go on from there. */
export class NonFiniteLoss extends Error {
  readonly loss: number;
  /** Parameter where it shows first; `undefined` when weights and gradients are all finite. */
  readonly layer: string | undefined;

  private constructor(loss: number, finding: string, layer: string | undefined) {
    super(`Loss is ${loss}: ${finding}`);
    this.loss = loss;
    this.name = "NonFiniteLoss";
    this.layer = layer;
  }

  /** Looks for the first parameter with weights, else with gradients, that are not finite. */
  static async locate(
    loss: number,
    parameters: readonly Parameter[],
    gradients: Readonly<Record<string, Tensor>>,
  ): Promise<NonFiniteLoss> {
    for (const { name, variable } of parameters) {
      const count = await countNonFinite(variable);
      if (count === 0) continue;
      return new NonFiniteLoss(
        loss,
        `${count} of ${variable.size} weights of ${name} are not finite`,
        name,
      );
    }
    for (const [name, gradient] of Object.entries(gradients)) {
      const count = await countNonFinite(gradient);
      if (count === 0) continue;
      return new NonFiniteLoss(
        loss,
        `all weights are finite, the gradient of ${name} is not`,
        name,
      );
    }
    return new NonFiniteLoss(loss, "all weights and gradients are finite", undefined);
  }
}

async function countNonFinite(tensor: Tensor): Promise<number> {
  return (await readFloats(tensor)).filter((value) => !Number.isFinite(value)).length;
}
