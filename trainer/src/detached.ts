import { customGrad, type Tensor, zeros } from "@tensorflow/tfjs-core";

/** f(x) as a constant: nothing that follows sends a gradient back into `x`. */
export function detached<Result extends Tensor>(x: Tensor, f: (x: Tensor) => Result): Result {
  const constant = customGrad((input: Tensor | ((...args: never[]) => void)) => {
    if (typeof input === "function") throw new TypeError("Cannot detach what is no tensor");
    // The input itself may be gone by the time of the backward pass.
    const shape = [...input.shape];
    return { value: f(input), gradFunc: () => zeros(shape) };
  });
  return constant(x);
}
