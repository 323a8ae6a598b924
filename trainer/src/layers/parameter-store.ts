import { type Tensor, tensor, tidy, type Variable, variable } from "@tensorflow/tfjs-core";
import { elementCount } from "../element-count.ts";
import type { Parameter } from "../parameters.ts";
import { createRandom } from "../random.ts";

/** Makes the parameters of a model and keeps the list of them. */
export interface ParameterStore {
  readonly parameters: readonly Parameter[];
  /** Normal with standard deviation `deviation`; the name decides the stream of numbers. */
  weight(name: string, shape: readonly number[], deviation: number): Variable;
  /** [size], zeros unless `initial` says otherwise. */
  bias(name: string, size: number, initial?: (index: number) => number): Variable;
  /** [1], a number that is no layer's. */
  scalar(name: string, initial: number): Variable;
  /** Lets go of all of them. */
  dispose(): void;
}

export function createParameterStore(seed: number): ParameterStore {
  const parameters: Parameter[] = [];
  const add = (name: string, kind: Parameter["kind"], initial: () => Tensor) => {
    const made = tidy(() => variable(initial()));
    parameters.push({ name, kind, variable: made });
    return made;
  };
  return {
    parameters,
    weight(name, shape, deviation) {
      const random = createRandom(seed, `parameter/${name}`);
      const size = elementCount(shape);
      const values = Float32Array.from({ length: size }, () => deviation * random.normal());
      return add(name, "weight", () => tensor(values, [...shape]));
    },
    bias(name, size, initial = () => 0) {
      const values = Float32Array.from({ length: size }, (_, index) => initial(index));
      return add(name, "bias", () => tensor(values, [size]));
    },
    scalar: (name, initial) => add(name, "scalar", () => tensor([initial])),
    dispose() {
      for (const parameter of parameters) parameter.variable.dispose();
    },
  };
}
