import { createRequire } from "node:module";
import type { TFJSBinding } from "@tensorflow/tfjs-node/dist/tfjs_binding";

/** What the library reads from the environment, unless the user has set it. */
const DEFAULTS = {
  /** With malloc each of its threads keeps what it has freed from the others. */
  TF_CPU_ALLOCATOR_USE_BFC: "true",
  /** Else the CUDA build takes all of a GPU's memory at once, the screen's share too. */
  TF_FORCE_GPU_ALLOW_GROWTH: "true",
} as const;

/**
 * Loads the native binding and, with it, the TensorFlow libraries beside it.
 *
 * @param logLevel What the libraries keep to themselves, unless TF_CPP_MIN_LOG_LEVEL says it.
 * @throws {Error} If the file or a library cannot be loaded, or is not that binding.
 */
export function loadTensorflowBinding(file: string, logLevel: "2" | "3"): TFJSBinding {
  const defaults = { ...DEFAULTS, TF_CPP_MIN_LOG_LEVEL: logLevel };
  for (const [name, value] of Object.entries(defaults)) process.env[name] ??= value;
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
