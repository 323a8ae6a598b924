import {
  GatherV2,
  registerKernel,
  scalar,
  Tensor,
  type TensorInfo,
  unregisterKernel,
} from "@tensorflow/tfjs-core";
import { ACTIVATION_GRADIENTS } from "../layers/activation-gradients.ts";
import { BIAS_ADD, BIAS_ADD_GRADIENT } from "../layers/bias-add.ts";
import type { TensorflowBackend } from "./tensorflow-backend.ts";

/** Operations of TensorFlow's that do in one pass what tfjs's kernels do in several. */
export function registerTensorflowKernels(backend: TensorflowBackend): void {
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
  registerGather(backend);
}

/**
 * Rows of a table by their numbers, without reading the numbers first as tfjs-node's own kernel does:
 * TensorFlow refuses those that are out of range itself.
 */
function registerGather(backend: TensorflowBackend): void {
  const { TF_ATTR_INT, TF_ATTR_TYPE, TF_INT32 } = backend.binding;
  unregisterKernel(GatherV2, "tensorflow");
  registerKernel({
    kernelName: GatherV2,
    backendName: "tensorflow",
    kernelFunc({ inputs, attrs }) {
      const table = tensorOf(inputs["x"]);
      const indices = tensorOf(inputs["indices"]);
      const axis = scalar(Number(attrs?.["axis"]), "int32");
      const type = backend.binding[table.dtype === "int32" ? "TF_INT32" : "TF_FLOAT"];
      const rows = backend.executeSingleOutput(
        GatherV2,
        [
          { name: "batch_dims", type: TF_ATTR_INT, value: Number(attrs?.["batchDims"]) },
          { name: "Tparams", type: TF_ATTR_TYPE, value: type },
          { name: "Tindices", type: TF_ATTR_TYPE, value: TF_INT32 },
          { name: "Taxis", type: TF_ATTR_TYPE, value: TF_INT32 },
        ],
        [table, indices, axis],
      );
      axis.dispose();
      return rows;
    },
  });
}

/** @throws {TypeError} If the kernel was called without one of its inputs. */
function tensorOf(input: TensorInfo | undefined): Tensor {
  if (!(input instanceof Tensor)) {
    throw new TypeError("Cannot run a kernel without all of its inputs");
  }
  return input;
}
