import type { RunFileSystem } from "../../core/runs/run-file-system.ts";

interface MemoryFile {
  readonly bytes: Uint8Array;
  readonly identity: string;
}

/** Run files in memory, which a test changes between two reads. */
export interface MemoryRunFiles extends RunFileSystem {
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
    entries(folder) {
      const names = new Map<string, boolean>();
      for (const file of files.keys()) {
        if (!file.startsWith(`${folder}/`)) continue;
        const [name = "", ...rest] = file.slice(folder.length + 1).split("/");
        names.set(name, rest.length > 0);
      }
      return Promise.resolve([...names].map(([name, isFolder]) => ({ name, isFolder })));
    },
    stat(file) {
      const found = files.get(file);
      return Promise.resolve(
        found && { sizeBytes: found.bytes.length, modifiedMs: 1000, identity: found.identity },
      );
    },
    read: (file, start, end) =>
      Promise.resolve((files.get(file)?.bytes ?? new Uint8Array(0)).slice(start, end)),
  };
}
