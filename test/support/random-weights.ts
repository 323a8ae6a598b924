import { createRandom } from "../../trainer/src/random.ts";

/** Standard normal numbers, rounded to binary32, row-major. */
export function randomWeights(name: string, shape: readonly number[]): number[] {
  const random = createRandom(31, name);
  const length = shape.reduce((product, side) => product * side, 1);
  return Array.from({ length }, () => Math.fround(random.normal()));
}
