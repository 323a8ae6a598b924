import { languageOf } from "../engine/language-of.ts";
import { pythonFileUse } from "./python-file-use.ts";
import type { PythonFileUse } from "./workspace-facts.ts";

/** What is kept of one file of the workspace; `undefined` for files that tell nothing. Total. */
export function fileUse(path: string, text: string): PythonFileUse | undefined {
  return languageOf(path) === "python" ? pythonFileUse(path, text) : undefined;
}
