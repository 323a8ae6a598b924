import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

/** Bytes that live objects and array buffers of this thread hold, once what is dead is collected. */
export async function usedBytes(): Promise<number> {
  if (typeof collect !== "function") throw new TypeError("This Node offers no garbage collection");
  // A buffer is given back one collection after what held it.
  for (let round = 0; round < 4; round++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
