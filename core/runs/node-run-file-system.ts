import { fillFrom, type NodeFile, unlessMissing } from "../formats/node-file.ts";
import type { FileState, RunFileSystem } from "./run-file-system.ts";

/** The few functions of `node:fs/promises` that are needed; the core itself imports nothing of Node. */
export interface NodeFiles {
  readdir(
    path: string,
    options: { withFileTypes: true },
  ): Promise<readonly { readonly name: string; isDirectory(): boolean }[]>;
  stat(
    path: string,
    options: { bigint: true },
  ): Promise<{
    readonly size: bigint;
    readonly mtimeMs: bigint;
    readonly dev: bigint;
    readonly ino: bigint;
  }>;
  open(path: string, flags: "r"): Promise<NodeFile>;
}

/** Run files on disk, given `node:fs/promises`. Other faults than a missing file reject. */
export function nodeRunFileSystem(node: NodeFiles): RunFileSystem {
  return {
    async entries(folder) {
      const entries = await unlessMissing(node.readdir(folder, { withFileTypes: true }));
      return (entries ?? []).map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
    },
    async stat(file): Promise<FileState | undefined> {
      const state = await unlessMissing(node.stat(file, { bigint: true }));
      return state === undefined
        ? undefined
        : {
            sizeBytes: Number(state.size),
            modifiedMs: Number(state.mtimeMs),
            identity: `${state.dev}:${state.ino}`,
          };
    },
    async read(file, start, end) {
      const handle = await unlessMissing(node.open(file, "r"));
      if (handle === undefined) return new Uint8Array(0);
      try {
        return await readRange(handle, start, end);
      } finally {
        await handle.close();
      }
    },
  };
}

async function readRange(file: NodeFile, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, end - start));
  return bytes.subarray(0, await fillFrom(file, start, bytes));
}
