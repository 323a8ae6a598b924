import type { Tensor } from "@tensorflow/tfjs-core";

/** A copy of a tensor's values, row-major; a backend's own buffer may be written to later. */
export async function readFloats(tensor: Tensor): Promise<Float32Array> {
  return Float32Array.from(await tensor.data());
}
