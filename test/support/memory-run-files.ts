import type { FolderEntry, RunFileSystem } from "../../core/runs/run-file-system.ts";
import type { RunListFiles } from "../../core/runs/run-list-files.ts";

interface MemoryFile {
  readonly bytes: Uint8Array;
  readonly identity: string;
}

/** Run files in memory, which a test changes between two reads. */
export interface MemoryRunFiles extends RunFileSystem {
  /** The same files, answered at once. */
  readonly listFiles: RunListFiles;
  /** Replaces the file, as a rename over it does. */
  write(file: string, content: string | Uint8Array): void;
  append(file: string, content: string): void;
  /** Changes the content under the same identity, as truncating and writing does. */
  overwrite(file: string, content: string): void;
  remove(file: string): void;
}

export function memoryRunFiles(initial: Readonly<Record<string, string>> = {}): MemoryRunFiles {
  const files = new Map<string, MemoryFile>();
  let written = 0;
  const bytesOf = (content: string | Uint8Array) =>
    typeof content === "string" ? new TextEncoder().encode(content) : content;
  const write = (file: string, content: string | Uint8Array) => {
    written += 1;
    files.set(file, { bytes: bytesOf(content), identity: String(written) });
  };
  const overwrite = (file: string, content: string | Uint8Array) => {
    const identity = files.get(file)?.identity;
    if (identity === undefined) write(file, content);
    else files.set(file, { bytes: bytesOf(content), identity });
  };
  for (const [file, content] of Object.entries(initial)) write(file, content);
  const entries = (folder: string): readonly FolderEntry[] => {
    const names = new Map<string, boolean>();
    for (const file of files.keys()) {
      if (!file.startsWith(`${folder}/`)) continue;
      const [name = "", ...rest] = file.slice(folder.length + 1).split("/");
      names.set(name, rest.length > 0);
    }
    return [...names].map(([name, isFolder]) => ({ name, isFolder }));
  };
  const stat = (file: string) => {
    const found = files.get(file);
    return found && { sizeBytes: found.bytes.length, modifiedMs: 1000, identity: found.identity };
  };
  return {
    write,
    overwrite,
    append(file, content) {
      overwrite(
        file,
        Uint8Array.from([...(files.get(file)?.bytes ?? []), ...new TextEncoder().encode(content)]),
      );
    },
    remove: (file) => void files.delete(file),
    entries: (folder) => Promise.resolve(entries(folder)),
    stat: (file) => Promise.resolve(stat(file)),
    read: (file, start, end) =>
      Promise.resolve((files.get(file)?.bytes ?? new Uint8Array(0)).slice(start, end)),
    listFiles: {
      entries,
      stat,
      read(file, { from, most }) {
        const state = stat(file);
        const bytes = files.get(file)?.bytes;
        if (state === undefined || bytes === undefined) return undefined;
        const start = from === "start" ? 0 : Math.max(0, bytes.length - most);
        return { state, bytes: bytes.slice(start, start + most) };
      },
    },
  };
}
