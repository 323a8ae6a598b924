import { type Scalar, tensor, tidy, variableGrads } from "@tensorflow/tfjs-core";
import type { Parameter } from "../../trainer/src/parameters.ts";

/** The slope along a parameter's steepest coordinate, where binary32 leaves most digits. */
interface SteepestSlope {
  readonly name: string;
  readonly gradient: number;
  /** How far the nearest of the central differences is off. */
  readonly error: number;
}

/**
 * Gradients of `loss` beside its central differences, by the `steps` that are given: one that crosses a
 * kink of the ReLU is none to go by, a shorter one may not. The parameters are left as they were.
 */
export function steepestSlopes(
  loss: () => Scalar,
  parameters: readonly Parameter[],
  steps: readonly number[],
): readonly SteepestSlope[] {
  const { grads } = variableGrads(
    loss,
    parameters.map(({ variable }) => variable),
  );
  return parameters.map(({ name, variable }) => {
    const all = grads[variable.name]?.dataSync() ?? [];
    const steepest = Array.from(all, Math.abs).reduce(
      (best, value, index, sizes) => (value > (sizes[best] ?? 0) ? index : best),
      0,
    );
    const gradient = all[steepest] ?? Number.NaN;
    const start = Float32Array.from(variable.dataSync());
    const at = (shift: number) => {
      const values = start.map((value, index) => (index === steepest ? value + shift : value));
      return tidy(() => {
        variable.assign(tensor(values, variable.shape));
        return loss().dataSync()[0] ?? Number.NaN;
      });
    };
    const errors = steps.map((step) => Math.abs((at(step) - at(-step)) / (2 * step) - gradient));
    at(0);
    return { name, gradient, error: Math.min(...errors) };
  });
}
