import { registerKernel, Tensor, type TensorInfo } from "@tensorflow/tfjs-core";
import type { NodeJSKernelBackend as TensorflowKernels } from "@tensorflow/tfjs-node/dist/nodejs_kernel_backend";
import { ACTIVATION_GRADIENTS } from "../layers/activation-gradients.ts";
import { BIAS_ADD, BIAS_ADD_GRADIENT } from "../layers/bias-add.ts";

/** Operations of TensorFlow's that do in one pass what tfjs's kernels do in several. */
export function registerTensorflowKernels(backend: TensorflowKernels): void {
  const { binding } = backend;
  const type = { name: "T", type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
  const format = { name: "data_format", type: binding.TF_ATTR_STRING, value: "NHWC" };
  const register = (name: string, attributes: readonly object[], inputs: readonly string[]) => {
    registerKernel({
      kernelName: name,
      backendName: "tensorflow",
      kernelFunc: ({ inputs: given }) =>
        backend.executeSingleOutput(
          name,
          attributes.map((attribute) => ({ ...type, ...attribute })),
          inputs.map((input) => tensorOf(given[input])),
        ),
    });
  };
  // ReluGrad alone takes the gradient first.
  for (const name of ACTIVATION_GRADIENTS) {
    register(name, [type], name === "ReluGrad" ? ["dy", "y"] : ["y", "dy"]);
  }
  register(BIAS_ADD, [type, format], ["value", "bias"]);
  register(BIAS_ADD_GRADIENT, [type, format], ["dy"]);
}

/** @throws {TypeError} If the kernel was called without one of its inputs. */
function tensorOf(input: TensorInfo | undefined): Tensor {
  if (!(input instanceof Tensor)) {
    throw new TypeError("Cannot run a kernel without all of its inputs");
  }
  return input;
}
