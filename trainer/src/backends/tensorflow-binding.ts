import { createRequire } from "node:module";
import type { TFJSBinding } from "@tensorflow/tfjs-node/dist/tfjs_binding";

/**
 * Loads the native binding and, with it, the TensorFlow libraries beside it.
 *
 * @throws {Error} If the file or a library cannot be loaded, or is not that binding.
 */
export function loadTensorflowBinding(file: string): TFJSBinding {
  // The library greets on standard error unless it is told to keep to warnings.
  const { TF_CPP_MIN_LOG_LEVEL: logLevel = "2" } = process.env;
  Object.assign(process.env, { TF_CPP_MIN_LOG_LEVEL: logLevel });
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
