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
  /**
   * Reads `files`, again where they are known; those it cannot read are forgotten. The result tells
   * whether any of them counts for others.
   */
  read(
    files: Iterable<Pick<WalkedFile, "kind" | "path">>,
    isCancelled?: () => boolean,
  ): Promise<boolean>;
}

export function projectIndex(): ProjectIndex {
  const uses = new Map<string, FileUse>();
  const pythonModule = pythonModules();
  let facts: ProjectFacts | undefined;
  /** `false` for a file that told nothing before and tells nothing now. */
  const keep = (path: string, use: FileUse | undefined): boolean => {
    if (use === undefined) return uses.delete(path);
    uses.set(path, use);
    return true;
  };
  return {
    facts() {
      facts ??= { ...workspaceFacts([...uses.values()]), pythonModule };
      return facts;
    },
    async read(files, isCancelled = () => false) {
      let counts = false;
      for (const file of files) {
        if (isCancelled()) break;
        if (file.kind !== "file") continue;
        const use = await readUse(file.path);
        if (!keep(file.path, use)) continue;
        facts = undefined;
        counts = true;
      }
      return counts;
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
