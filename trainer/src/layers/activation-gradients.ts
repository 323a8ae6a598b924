import {
  engine,
  getBackend,
  getKernel,
  mul,
  Relu,
  registerGradient,
  square,
  step,
  sub,
  type Tensor,
} from "@tensorflow/tfjs-core";

/** Kernels of one pass that a backend may have; without one, several operations do the same. */
export const ACTIVATION_GRADIENTS = ["ReluGrad", "SigmoidGrad", "TanhGrad"] as const;
type KernelName = (typeof ACTIVATION_GRADIENTS)[number];

/** dy where y = max(x, 0) is above 0, else 0. */
function reluGradient(y: Tensor, dy: Tensor): Tensor {
  return fused("ReluGrad", y, dy) ?? mul(dy, step(y));
}

/** dy·y(1 − y) with y = 1/(1 + e⁻ˣ). */
export function sigmoidGradient(y: Tensor, dy: Tensor): Tensor {
  return fused("SigmoidGrad", y, dy) ?? mul(dy, mul(y, sub(1, y)));
}

/** dy·(1 − y²) with y = tanh x. */
export function tanhGradient(y: Tensor, dy: Tensor): Tensor {
  return fused("TanhGrad", y, dy) ?? mul(dy, sub(1, square(y)));
}

function fused(name: KernelName, y: Tensor, dy: Tensor): Tensor | undefined {
  if (getKernel(name, getBackend()) === undefined) return undefined;
  return engine().runKernel<Tensor>(name, { y, dy });
}

/**
 * Makes every ReLU differentiate by its output: tfjs's own gradient reads the input in six passes.
 * Called once the gradients of tfjs are registered.
 */
export function registerActivationGradients(): void {
  registerGradient({
    kernelName: Relu,
    inputsToSave: [],
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({ x: () => reluGradient(single(y), single(dy)) }),
  });
}

function single(tensor: Tensor | readonly Tensor[] | undefined): Tensor {
  if (tensor === undefined || !("shape" in tensor)) {
    throw new TypeError("Cannot differentiate ReLU without its one output");
  }
  return tensor;
}
