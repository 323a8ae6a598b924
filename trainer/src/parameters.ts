import type { Variable } from "@tensorflow/tfjs-core";

/** A trained tensor under its name, for example `image.conv1.weight`. */
export interface Parameter {
  readonly name: string;
  /**
   * Only weights have penalties without `on`, and weight decay. A scalar is a number that the loss
   * learns, penalised only by its full name.
   */
  readonly kind: "weight" | "bias" | "scalar";
  readonly variable: Variable;
}

/** Elements of all of `parameters` together. */
export function countElements(parameters: readonly Parameter[]): number {
  return parameters.reduce((sum, { variable }) => sum + variable.size, 0);
}
