import type { Fix } from "../engine/rule.ts";
import { hasSplat } from "./call-arguments.ts";
import { appendArgument } from "./insertions.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** Stops a Keras `fit` when the validation loss no longer falls. */
export function earlyStoppingFix(program: PythonProgram): Fix | undefined {
  const fit = programIndex(program).calls.find(({ name }) => name === "fit")?.call;
  const keras = kerasPrefix(program);
  const given = new Set(fit?.arguments.map(({ name }) => name));
  if (fit === undefined || keras === undefined || hasSplat(fit) || given.has("callbacks")) {
    return undefined;
  }
  const stopping = `${keras}callbacks.EarlyStopping(patience=5, restore_best_weights=True)`;
  const isValidated = given.has("validation_data") || given.has("validation_split");
  const text = `${isValidated ? "" : "validation_split=0.2, "}callbacks=[${stopping}]`;
  return {
    title: "Stop when the validation loss no longer falls",
    safety: "suggestion",
    edits: [appendArgument(fit, text, program.module.text)],
  };
}

/** `keras.` or `tf.keras.`, as the document spells it. */
function kerasPrefix(program: PythonProgram): string | undefined {
  for (const { call, qualifiedName } of programIndex(program).calls) {
    if (qualifiedName?.startsWith("keras.") !== true) continue;
    const written = program.module.text.slice(call.callee.span.start, call.callee.span.end);
    const prefix = /^(?:\w+\.)?keras\./.exec(written)?.[0];
    if (prefix !== undefined) return prefix;
  }
  return undefined;
}
