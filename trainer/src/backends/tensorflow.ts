import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { DataStorage, engine, getBackend, registerBackend } from "@tensorflow/tfjs-core";
import type { Backend } from "./backend.ts";
import { installedLibrary, TENSORFLOW_BINDING } from "./installed-library.ts";
import { makeCurrent } from "./make-current.ts";
import { nvidiaGpus } from "./nvidia-gpus.ts";
import { processor } from "./processor.ts";
import { restoreUtilFunctions } from "./restore-util-functions.ts";
import type { TensorflowBackend } from "./tensorflow-backend.ts";
import { loadTensorflowBinding } from "./tensorflow-binding.ts";
import { registerTensorflowKernels } from "./tensorflow-kernels.ts";

interface Activated {
  readonly backend: TensorflowBackend;
  readonly version: string;
}

let activated: Activated | undefined;

/** The backend where it is the current one of tfjs-core. */
export function currentTensorflow(): TensorflowBackend | undefined {
  return getBackend() === "tensorflow" ? activated?.backend : undefined;
}

/**
 * TensorFlow's own C++ library, behind the kernels of @tensorflow/tfjs-node.
 *
 * The package's entry is bypassed: it looks for a binding that only its install script, which many
 * networks block, puts in place. Ours comes from `npm run setup:tensorflow`.
 */
export const tensorflow: Backend = {
  name: "tensorflow",

  detect() {
    return installedLibrary(TENSORFLOW_BINDING, process.env) === undefined
      ? {
          available: false,
          why: "TensorFlow is not set up",
          nextStep: "Run `npm run setup:tensorflow`, or use `backend: auto`",
        }
      : { available: true };
  },

  async activate() {
    activated ??= await load();
    const { backend, version } = activated;
    await makeCurrent("tensorflow");
    return {
      available: true,
      device: deviceOf(backend),
      versions: { tensorflow: backend.binding.TF_Version, "@tensorflow/tfjs-node": version },
    };
  },
};

/** Which build of the library is installed; undefined where none is. */
export function tensorflowBuild(): "cpu" | "cuda" | undefined {
  const file = installedLibrary(TENSORFLOW_BINDING, process.env);
  if (file === undefined) return undefined;
  return existsSync(path.join(path.dirname(file), "lib/libcudart.so.12")) ? "cuda" : "cpu";
}

function deviceOf({ isUsingGpuDevice }: TensorflowBackend): string {
  if (isUsingGpuDevice) return `${nvidiaGpus()?.at(-1) ?? "NVIDIA GPU"}, TensorFlow, CUDA`;
  const build =
    tensorflowBuild() === "cuda" ? "TensorFlow, CUDA build without a GPU" : "TensorFlow";
  return `${processor()}, ${build}, ${availableParallelism()} threads`;
}

/** tfjs-core takes a backend of one name once, so it is made once. */
async function load(): Promise<Activated> {
  const file = installedLibrary(TENSORFLOW_BINDING, process.env);
  if (file === undefined) throw new Error("TensorFlow is not set up");
  restoreUtilFunctions();
  const { NodeJSKernelBackend, version } = await loadKernels();
  // The library greets on standard error, and its CUDA build reports errors there that are none.
  const binding = loadTensorflowBinding(file, tensorflowBuild() === "cuda" ? "3" : "2");
  // Not by `new`: the constructor, compiled to ES5, calls its base class as a plain function, and
  // a bundle has that class in its ES2017 form. These are the fields that it would set.
  const backend: TensorflowBackend = Object.create(NodeJSKernelBackend.prototype);
  Object.assign(backend, {
    binding,
    isGPUPackage: false,
    isUsingGpuDevice: binding.isUsingGpuDevice(),
    tensorMap: new DataStorage(backend, engine()),
  });
  registerBackend("tensorflow", () => backend);
  registerTensorflowKernels(backend);
  return { backend, version };
}

/**
 * The kernels of @tensorflow/tfjs-node, an optional dependency: a bundler must not fail without it.
 *
 * @throws {Error} If the package is not installed.
 */
async function loadKernels() {
  try {
    await import("@tensorflow/tfjs-node/dist/register_all_kernels.js");
    const kernels = await import("@tensorflow/tfjs-node/dist/nodejs_kernel_backend.js");
    const { version } = await import("@tensorflow/tfjs-node/dist/version.js");
    return { NodeJSKernelBackend: kernels.NodeJSKernelBackend, version };
  } catch (cause) {
    throw new Error("the npm package @tensorflow/tfjs-node cannot be loaded", { cause });
  }
}
