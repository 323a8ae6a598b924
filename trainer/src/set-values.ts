import { tensor, tidy, type Variable } from "@tensorflow/tfjs-core";

/** Puts numbers into a variable, row by row; there must be as many as it has. */
export function setValues(variable: Variable, values: Float32Array): void {
  tidy(() => {
    variable.assign(tensor(values, variable.shape));
  });
}
