import type { Parameter } from "../parameters.ts";
import { readFloats } from "../read-floats.ts";
import { setValues } from "../set-values.ts";

/** The values of several tensors one behind the other, in the order of the parameters, binary64. */
export async function readFlat(
  parameters: readonly Parameter[],
  tensorOf: (parameter: Parameter) => Parameters<typeof readFloats>[0] | undefined,
): Promise<Float64Array> {
  const size = parameters.reduce((sum, { variable }) => sum + variable.size, 0);
  const flat = new Float64Array(size);
  let offset = 0;
  for (const parameter of parameters) {
    const own = tensorOf(parameter);
    if (own !== undefined) flat.set(await readFloats(own), offset);
    offset += parameter.variable.size;
  }
  return flat;
}

/** Sets the parameters to `values`, rounded to binary32. */
export function assignFlat(parameters: readonly Parameter[], values: Float64Array): void {
  let offset = 0;
  for (const { variable } of parameters) {
    setValues(variable, Float32Array.from(values.subarray(offset, offset + variable.size)));
    offset += variable.size;
  }
}
