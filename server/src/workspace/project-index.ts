import { existsSync } from "node:fs";
import path from "node:path";
import { fileUse } from "../project/file-use.ts";
import type { ProjectFacts } from "../project/project-facts.ts";
import { type FileUse, workspaceFacts } from "../project/workspace-facts.ts";
import { pythonModules } from "./python-modules.ts";
import { readSource } from "./read-source.ts";
import type { WalkedFile } from "./walk-files.ts";

/** What the files of a workspace tell of one another, kept file by file. */
export interface ProjectIndex {
  /** As of the files that were read so far. */
  facts(): ProjectFacts;
  /** Reads `files`, again where they are known; those it cannot read are forgotten. */
  read(
    files: Iterable<Pick<WalkedFile, "kind" | "path">>,
    isCancelled?: () => boolean,
  ): Promise<void>;
}

export function projectIndex(): ProjectIndex {
  const uses = new Map<string, FileUse>();
  const pythonModule = pythonModules();
  let facts: ProjectFacts | undefined;
  return {
    facts() {
      facts ??= { ...workspaceFacts([...uses.values()]), pythonModule };
      return facts;
    },
    async read(files, isCancelled = () => false) {
      for (const file of files) {
        if (isCancelled()) return;
        if (file.kind !== "file") continue;
        const use = await readUse(file.path);
        facts = undefined;
        if (use === undefined) uses.delete(file.path);
        else uses.set(file.path, use);
      }
    },
  };
}

/** `undefined` for a file that is gone or no text: it says so itself when it is checked. */
async function readUse(file: string): Promise<FileUse | undefined> {
  return readSource(file).then(
    ({ text }) => fileUse(file, text),
    () => undefined,
  );
}

const ROOT_SIGNS = [".git", "pyproject.toml", "normlens.toml"];

/** The folder whose code may open `file`: the nearest one above that looks like a project's root. */
export function projectRootOf(file: string): string {
  const own = path.dirname(file);
  for (let folder = own; ; folder = path.dirname(folder)) {
    if (ROOT_SIGNS.some((sign) => existsSync(path.join(folder, sign)))) return folder;
    if (path.dirname(folder) === folder) return own;
  }
}
