import type { Parameter } from "./parameters.ts";
import { readFloats } from "./read-floats.ts";

/** Exact zeros, ±0, among all numbers of the parameters. */
export async function countZeros(
  parameters: readonly Parameter[],
): Promise<{ readonly zeros: number; readonly count: number }> {
  let [zeros, count] = [0, 0];
  for (const { variable } of parameters) {
    for (const weight of await readFloats(variable)) if (weight === 0) zeros++;
    count += variable.size;
  }
  return { zeros, count };
}
