import { fileUse } from "../../server/src/project/file-use.ts";
import type { ProjectFacts } from "../../server/src/project/project-facts.ts";
import { workspaceFacts } from "../../server/src/project/workspace-facts.ts";

export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

/** What a workspace of these files knows. */
export function projectOf(files: readonly ProjectFile[]): ProjectFacts {
  return {
    ...workspaceFacts(files.flatMap(({ path, text }) => fileUse(path, text) ?? [])),
    pythonModule: (module) => {
      const name = `${module.replace(/^\.+/, "").replaceAll(".", "/")}.py`;
      return files.find(({ path }) => path === name);
    },
  };
}
