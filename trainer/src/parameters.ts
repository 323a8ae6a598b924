import type { Variable } from "@tensorflow/tfjs-core";

/** A trained tensor under its name, for example `image.conv1.weight`. */
export interface Parameter {
  readonly name: string;
  /** Biases are left out of penalties without `on` and of weight decay. */
  readonly kind: "weight" | "bias";
  readonly variable: Variable;
}

/** Elements of all of `parameters` together. */
export function countElements(parameters: readonly Parameter[]): number {
  return parameters.reduce((sum, { variable }) => sum + variable.size, 0);
}
