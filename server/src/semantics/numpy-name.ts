import type { Edit } from "../engine/rule.ts";
import { newImport } from "./insertions.ts";
import { programIndex } from "./program-index.ts";
import type { PythonProgram } from "./python-program.ts";

/** What NumPy is called in a document, and the import that it lacks where code before `offset` uses it. */
export function numpyName(
  program: PythonProgram,
  offset: number,
): { readonly name: string; readonly edits: readonly Edit[] } {
  const imported = programIndex(program)
    .imports.flatMap(({ names }) => names)
    .find(({ module, name }) => module === "numpy" && name === undefined);
  return imported === undefined
    ? { name: "np", edits: [newImport(program, "import numpy as np", offset)] }
    : { name: imported.alias ?? "numpy", edits: [] };
}
