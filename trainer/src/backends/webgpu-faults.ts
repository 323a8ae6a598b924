import type { KernelBackend } from "@tensorflow/tfjs-core";
import { UserError } from "../user-error.ts";

/** The part of a device that complains. */
interface FaultSource {
  addEventListener(type: "uncapturederror", listener: (event: object) => void): void;
}

/**
 * Makes the next reading of numbers fail once the GPU refused something.
 *
 * A device tells of lack of memory and of shaders it does not take by an event; the operation itself
 * gives zeros, with which a training would go on.
 */
export function reportGpuFaults(device: FaultSource, backend: KernelBackend): void {
  let fault: string | undefined;
  device.addEventListener("uncapturederror", (event: object) => {
    fault ??= faultOf(event);
  });
  const read = backend.read.bind(backend);
  backend.read = async (dataId) => {
    const values = await read(dataId);
    if (fault === undefined) return values;
    throw new UserError(
      "gpu-fault",
      `The GPU did not compute: ${fault}`,
      "Use a smaller `batch_size` if memory is short, else `backend: auto` without webgpu",
    );
  };
}

/** The first line of what the device says; the others tell where in its own code it was. */
function faultOf(event: object): string {
  const error: unknown = "error" in event ? event.error : undefined;
  const hasMessage = typeof error === "object" && error !== null && "message" in error;
  return hasMessage ? String(error.message).split("\n", 1).join() : "it gave no reason";
}
