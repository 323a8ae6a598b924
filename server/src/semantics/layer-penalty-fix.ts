import type { Edit, Fix } from "../engine/rule.ts";
import type { CallExpression } from "../syntax/python/ast.ts";
import { hasSplat } from "./call-arguments.ts";
import type { PythonProgram } from "./python-program.ts";

/** Gives each layer of a TensorFlow.js model a penalty, where all of them are written with options. */
export function layerPenaltyFix(
  layers: readonly CallExpression[] | undefined,
  program: PythonProgram,
): Fix | undefined {
  if (program.language !== "javascript" || layers === undefined) return undefined;
  const edits = layers.flatMap((layer): readonly Edit[] => {
    const { callee } = layer;
    const last = layer.arguments.at(-1);
    const library = callee.kind === "attribute" ? libraryOf(callee.value, program) : undefined;
    if (library === undefined || last?.nameSpan === undefined || hasSplat(layer)) return [];
    // Small beside a loss of order 1, for the sizes that run in a browser.
    const newText = `, kernelRegularizer: ${library}regularizers.l2({ l2: 1e-4 })`;
    return [{ span: { start: last.span.end, end: last.span.end }, newText }];
  });
  if (edits.length !== layers.length) return undefined;
  return { title: "Penalise the weights of all layers", safety: "suggestion", edits };
}

/** `tf.` of `tf.layers`. */
function libraryOf(
  node: CallExpression["callee"],
  { module: { text } }: PythonProgram,
): string | undefined {
  return node.kind === "attribute" && node.attribute === "layers"
    ? text.slice(node.span.start, node.attributeSpan.start)
    : undefined;
}
