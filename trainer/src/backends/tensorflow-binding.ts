import { createRequire } from "node:module";
import type { TFJSBinding } from "@tensorflow/tfjs-node/dist/tfjs_binding";

/** What the library reads from the environment, unless the user has set it. */
const DEFAULTS = {
  /** It greets on standard error unless it is told to keep to warnings. */
  TF_CPP_MIN_LOG_LEVEL: "2",
  /** With malloc each of its threads keeps what it has freed from the others. */
  TF_CPU_ALLOCATOR_USE_BFC: "true",
} as const;

/**
 * Loads the native binding and, with it, the TensorFlow libraries beside it.
 *
 * @throws {Error} If the file or a library cannot be loaded, or is not that binding.
 */
export function loadTensorflowBinding(file: string): TFJSBinding {
  for (const [name, value] of Object.entries(DEFAULTS)) process.env[name] ??= value;
  const loaded: unknown = createRequire(__filename)(file);
  if (!isBinding(loaded)) throw new TypeError(`Load the TensorFlow binding, got another: ${file}`);
  return loaded;
}

function isBinding(value: unknown): value is TFJSBinding {
  return (
    typeof value === "object" &&
    value !== null &&
    "TF_Version" in value &&
    typeof value.TF_Version === "string" &&
    "executeOp" in value &&
    typeof value.executeOp === "function"
  );
}
