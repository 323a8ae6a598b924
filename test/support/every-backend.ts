import type { BackendName } from "../../trainer/src/backends/backend.ts";
import { selectBackend } from "../../trainer/src/backends/select.ts";
import { tensorflow } from "../../trainer/src/backends/tensorflow.ts";

/** Those that this machine can test: TensorFlow only after `npm run setup:tensorflow`. */
const TESTED_BACKENDS: readonly BackendName[] = tensorflow.detect().available
  ? ["cpu", "wasm", "tensorflow"]
  : ["cpu", "wasm"];

/** The largest error of all backends, each current while its own is measured; NaN where any is. */
export async function worstOnEveryBackend(
  errorOn: () => number | Promise<number>,
): Promise<number> {
  const errors: number[] = [];
  for (const backend of TESTED_BACKENDS) {
    await selectBackend(backend, () => undefined);
    errors.push(await errorOn());
  }
  return Math.max(...errors);
}
