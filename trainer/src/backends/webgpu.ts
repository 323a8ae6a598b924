import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js";
import "@tensorflow/tfjs-backend-webgpu/dist/register_all_kernels.js";
import { registerBackend } from "@tensorflow/tfjs-core";
import type { Backend, Unavailable } from "./backend.ts";
import { installedLibrary, WEBGPU_LIBRARY } from "./installed-library.ts";
import { makeCurrent } from "./make-current.ts";
import { findAdapter, type GpuAdapter, openDevice } from "./webgpu-device.ts";
import { reportGpuFaults } from "./webgpu-faults.ts";
import { registerAddN } from "./webgpu-kernels/add-n.ts";

/** Its package names no version at run time; package.json pins this one. */
const VERSION = "4.22.0";

let adapter: GpuAdapter | undefined;
let isRegistered = false;

/**
 * The graphics card through Vulkan, Metal or Direct3D, by Dawn and the kernels of tfjs.
 *
 * An adapter that computes on the processor is slower than wasm, so only who asks for `webgpu` by
 * name gets one.
 */
export const webgpu: Backend = {
  name: "webgpu",

  detect() {
    return installedLibrary(WEBGPU_LIBRARY, process.env) === undefined
      ? {
          available: false,
          why: "WebGPU is not set up",
          nextStep: "Run `npm run setup:webgpu`, or use `backend: auto`",
        }
      : { available: true };
  },

  async activate(isAskedFor) {
    const file = installedLibrary(WEBGPU_LIBRARY, process.env);
    if (file === undefined) throw new Error("WebGPU is not set up");
    adapter ??= await findAdapter(file);
    if (adapter === undefined) return NO_ADAPTER;
    const { description, isFallbackAdapter: isSoftware } = adapter.info;
    if (isSoftware && !isAskedFor) return onlySoftware(description);
    await register(adapter);
    await makeCurrent("webgpu");
    return {
      available: true,
      device: isSoftware ? `${description}, software adapter` : `${description}, WebGPU`,
      versions: { "@tensorflow/tfjs-backend-webgpu": VERSION },
      ...(isSoftware && { caution: `${description} is a software adapter, slower than wasm` }),
    };
  },
};

const NO_ADAPTER: Unavailable = {
  available: false,
  why: "no graphics adapter with WebGPU was found",
  nextStep:
    "Install the driver of the graphics card (on Linux with its Vulkan part and `libvulkan1`), or use `backend: auto`",
};

function onlySoftware(description: string): Unavailable {
  return {
    available: false,
    why: `the only adapter is software (${description})`,
    nextStep: "Use `backend: webgpu` to take it nevertheless",
  };
}

/** tfjs-core takes a backend of one name once, so it is made once. */
async function register(found: GpuAdapter): Promise<void> {
  if (isRegistered) return;
  const device = await openDevice(found);
  const backend = withNavigator(() => new WebGPUBackend(device, found.info));
  reportGpuFaults(device, backend);
  registerBackend("webgpu", () => backend);
  registerAddN(backend);
  isRegistered = true;
}

/** The constructor insists on a browser's `navigator.gpu`, which it does not use. */
function withNavigator<Made>(make: () => Made): Made {
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { gpu: true }, configurable: true });
  try {
    return make();
  } finally {
    if (before === undefined) Reflect.deleteProperty(globalThis, "navigator");
    else Object.defineProperty(globalThis, "navigator", before);
  }
}
