import { type Tensor, tidy } from "@tensorflow/tfjs-core";
import { selectBackend } from "../../trainer/src/backends/select.ts";

/** Makes the plain JavaScript backend current. */
export async function useCpuBackend(): Promise<void> {
  await selectBackend("cpu", () => undefined);
}

/** Values of what `compute` makes, row-major; its tensors are disposed. */
export function valuesOf(compute: () => Tensor): number[] {
  const result = tidy(compute);
  const values = Array.from(result.dataSync());
  result.dispose();
  return values;
}

/** Central difference of `f` in every coordinate, with the step `h`. */
export function centralDifferences(
  f: (x: readonly number[]) => number,
  x: readonly number[],
  h: number,
): number[] {
  return x.map((_, index) => {
    const at = (shift: number) => f(x.map((value, k) => (k === index ? value + shift : value)));
    return (at(h) - at(-h)) / (2 * h);
  });
}

/** Largest |a − b| over all coordinates. */
export function distance(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return Math.max(0, ...a.map((value, index) => Math.abs(value - (b[index] ?? Number.NaN))));
}
