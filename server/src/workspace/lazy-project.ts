import { statSync } from "node:fs";
import { fileUse } from "../project/file-use.ts";
import { NO_PROJECT, type ProjectFacts } from "../project/project-facts.ts";
import { workspaceFacts } from "../project/workspace-facts.ts";
import { projectRootOf } from "./project-root.ts";
import { pythonModules } from "./python-modules.ts";
import { readSourceNow } from "./read-source.ts";
import { walkFiles } from "./walk-files.ts";

/** Facts about a workspace that are read when a rule first asks for any. */
export interface LazyProject {
  readonly facts: ProjectFacts;
  /** Whether anything was asked for since the last call. */
  takeAsked(): boolean;
}

/** Folders whose code may say something about the files under `paths` (absolute). */
export function projectRoots(paths: readonly string[]): readonly string[] {
  const isFolder = (item: string) => statSync(item, { throwIfNoEntry: false })?.isDirectory();
  return [...new Set(paths.map((item) => (isFolder(item) ? item : projectRootOf(item))))];
}

/** What the files under `roots` tell of one another. Files that cannot be read tell nothing. */
function readProject(roots: readonly string[]): ProjectFacts {
  const files = [...walkFiles(roots)].flatMap((file) => (file.kind === "file" ? file.path : []));
  return workspaceFacts(
    files.flatMap((file) => {
      const source = readSourceNow(file);
      return source === undefined ? [] : (fileUse(file, source.text) ?? []);
    }),
  );
}

export function lazyProject(roots: readonly string[]): LazyProject {
  let project: ProjectFacts | undefined;
  let isAsked = false;
  // Needs no survey of the whole workspace.
  const pythonModule = pythonModules();
  return {
    facts: new Proxy(NO_PROJECT, {
      get(_nothing, property) {
        isAsked = true;
        if (property === "pythonModule") return pythonModule;
        project ??= readProject(roots);
        return Reflect.get(project, property);
      },
    }),
    takeAsked() {
      const wasAsked = isAsked;
      isAsked = false;
      return wasAsked;
    },
  };
}
