import type { Fix } from "../engine/rule.ts";
import { hasSplat } from "./call-arguments.ts";
import { appendArgument } from "./insertions.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** Smooths the labels of the first cross-entropy loss that the document builds. */
export function labelSmoothingFix(program: PythonProgram): Fix | undefined {
  const site = programIndex(program).calls.find(
    ({ qualifiedName }) => qualifiedName === "torch.nn.CrossEntropyLoss",
  );
  if (site === undefined || hasSplat(site.call)) return undefined;
  const edit = appendArgument(site.call, "label_smoothing=0.1", program.module.text);
  return { title: "Smooth the labels by 0.1", safety: "suggestion", edits: [edit] };
}
