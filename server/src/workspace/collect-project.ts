import { languageOf } from "../engine/language-of.ts";
import type { ProjectFacts } from "../project/project-facts.ts";
import { pythonFileUse } from "../project/python-file-use.ts";
import { type PythonFileUse, workspaceFacts } from "../project/workspace-facts.ts";
import { readSource } from "./read-source.ts";
import type { WalkedFile } from "./walk-files.ts";

/**
 * Reads the Python files among `files` for what they do with configs. Files that cannot be read
 * are left out: they say so when they are checked themselves.
 */
export async function collectProject(
  files: AsyncIterable<WalkedFile> | Iterable<WalkedFile>,
  isCancelled: () => boolean = () => false,
): Promise<ProjectFacts> {
  const uses: PythonFileUse[] = [];
  for await (const file of files) {
    if (isCancelled()) break;
    if (file.kind !== "file" || languageOf(file.path) !== "python") continue;
    const text = await readSource(file.path).then(
      (source) => source.text,
      () => undefined,
    );
    if (text !== undefined) uses.push(pythonFileUse(text));
  }
  return workspaceFacts(uses);
}
