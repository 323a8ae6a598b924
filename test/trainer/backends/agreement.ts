import { type Tensor, type Tensor4D, tensor, tensor4d, tidy } from "@tensorflow/tfjs-core";
import { selectBackend } from "../../../trainer/src/backends/select.ts";
import { numbers } from "../../support/workloads.ts";

/** A tensor of numbers in [-1, 1) that depend on the seed alone, on the current backend. */
export function sample(shape: readonly number[], seed: number): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return tensor(numbers(size, seed), [...shape]);
}

/**
 * Largest |cpu − wasm| over what `compute` gives, relative to the largest value where that is
 * above 1. Fails when the shapes differ or nothing but zeros comes out of the reference.
 */
export async function disagreement(compute: () => Tensor): Promise<number> {
  const expected = await valuesOn("cpu", compute);
  const got = await valuesOn("wasm", compute);
  if (expected.shape.join() !== got.shape.join()) {
    throw new RangeError(`Shapes differ: cpu [${expected.shape}], wasm [${got.shape}]`);
  }
  const scale = largest(expected.values);
  if (expected.values.length > 0 && scale === 0) throw new RangeError("The reference is all zeros");
  const differences = expected.values.map(
    (value, index) => value - (got.values[index] ?? Number.NaN),
  );
  return largest(differences) / Math.max(1, scale);
}

/** max |value|; NaN when any value is NaN, 0 for none. */
function largest(values: readonly number[]): number {
  return values.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
}

async function valuesOn(
  name: "cpu" | "wasm",
  compute: () => Tensor,
): Promise<{ readonly shape: readonly number[]; readonly values: readonly number[] }> {
  await selectBackend(name, () => undefined);
  const result = tidy(compute);
  const values = Array.from(await result.data());
  const { shape } = result;
  result.dispose();
  return { shape, values };
}

/** The same, typed for the operations that take images or filters. */
export function sample4d(shape: readonly [number, number, number, number], seed: number): Tensor4D {
  return tensor4d(numbers(shape[0] * shape[1] * shape[2] * shape[3], seed), [...shape]);
}
