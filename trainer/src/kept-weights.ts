import type { Parameter } from "./parameters.ts";
import { readFloats } from "./read-floats.ts";
import { setValues } from "./set-values.ts";

/** The parameters' values, in their order. */
export function readWeights(parameters: readonly Parameter[]): Promise<readonly Float32Array[]> {
  return Promise.all(parameters.map(({ variable }) => readFloats(variable)));
}

/** @throws {RangeError} If `weights` are not of these parameters. */
export function restoreWeights(
  parameters: readonly Parameter[],
  weights: readonly Float32Array[],
): void {
  for (const [index, { name, variable }] of parameters.entries()) {
    const values = weights[index];
    if (values?.length !== variable.size) {
      throw new RangeError(
        `Cannot restore ${name}: got ${values?.length ?? "no"} values for ${variable.size}`,
      );
    }
    setValues(variable, values);
  }
}
