import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Collects the garbage among objects made of late, in a few milliseconds. A keystroke leaves
 * megabytes of it; collected in the pause behind it, it does not stop the next one half-way, and
 * what lived for one version only never grows old. Without effect where V8 has no such collector.
 */
export function youngCollector(): () => void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("globalThis.gc");
  return typeof collect === "function" ? () => void collect({ type: "minor" }) : () => undefined;
}
