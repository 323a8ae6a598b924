import { createRequire } from "node:module";

const REMOVED = {
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isArray: Array.isArray,
};

/**
 * Puts back `util.isNullOrUndefined` and `util.isArray`, which Node 23 dropped and which
 * @tensorflow/tfjs-node 4.22 calls in every operation. Does nothing where they exist.
 */
export function restoreUtilFunctions(): void {
  // The module object itself, not a namespace: tfjs-node looks the functions up on it.
  const util: Record<string, unknown> = createRequire(__filename)("node:util");
  const missing = Object.entries(REMOVED).filter(([name]) => util[name] === undefined);
  Object.assign(util, Object.fromEntries(missing));
}
