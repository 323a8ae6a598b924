import type { FileState } from "./run-file-system.ts";
import type { FilePart, PartOfFile, RunListFiles } from "./run-list-files.ts";

interface NodeStats {
  readonly size: bigint;
  readonly mtimeMs: bigint;
  readonly dev: bigint;
  readonly ino: bigint;
}

/** The few functions of `node:fs` that are needed; the core itself imports nothing of Node. */
export interface NodeFilesNow {
  readdirSync(
    path: string,
    options: { withFileTypes: true },
  ): readonly { readonly name: string; isDirectory(): boolean }[];
  statSync(path: string, options: { bigint: true; throwIfNoEntry: false }): NodeStats | undefined;
  openSync(path: string, flags: "r"): number;
  fstatSync(file: number, options: { bigint: true }): NodeStats;
  readSync(
    file: number,
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): number;
  closeSync(file: number): void;
}

/** Most records and ends of metrics are shorter. */
const USUAL_BYTES = 128 * 1024;

/** Run files on disk, given `node:fs`. Other faults than a missing file are thrown. */
export function nodeRunListFiles(node: NodeFilesNow): RunListFiles {
  const usual = new Uint8Array(USUAL_BYTES);

  function readPart(file: number, { from, most }: FilePart): PartOfFile {
    const state = stateOf(node.fstatSync(file, { bigint: true }));
    const length = Math.min(state.sizeBytes, most);
    const start = from === "start" ? 0 : state.sizeBytes - length;
    const buffer = length <= USUAL_BYTES ? usual : new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const count = node.readSync(file, buffer, filled, length - filled, start + filled);
      if (count === 0) break;
      filled += count;
    }
    return { state, bytes: buffer.subarray(0, filled) };
  }

  return {
    entries(folder) {
      const entries = unlessMissing(() => node.readdirSync(folder, { withFileTypes: true }));
      return (entries ?? []).map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
    },
    stat(file) {
      const stats = unlessMissing(() =>
        node.statSync(file, { bigint: true, throwIfNoEntry: false }),
      );
      return stats === undefined ? undefined : stateOf(stats);
    },
    read(file, part) {
      const handle = unlessMissing(() => node.openSync(file, "r"));
      if (handle === undefined) return undefined;
      try {
        return readPart(handle, part);
      } finally {
        node.closeSync(handle);
      }
    },
  };
}

function stateOf({ size, mtimeMs, dev, ino }: NodeStats): FileState {
  return {
    sizeBytes: Number(size),
    modifiedMs: Number(mtimeMs),
    identity: `${dev}:${ino}`,
  };
}

/** A file may vanish between any two calls, and a name in the path may be a file. */
function unlessMissing<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch (error) {
    const code = typeof error === "object" && error !== null && "code" in error ? error.code : "";
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
