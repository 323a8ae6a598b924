import { setBackend } from "@tensorflow/tfjs-core";
import type { BackendName } from "./backend.ts";

/** Makes a registered backend current. @throws {Error} If it does not initialise. */
export async function makeCurrent(name: BackendName): Promise<void> {
  const isCurrent = await setBackend(name);
  if (!isCurrent) throw new Error(`The ${name} backend did not initialise`);
}
