import type { ByteSource } from "../formats/byte-source.ts";
import { fillFrom, type NodeFile, unlessMissing } from "../formats/node-file.ts";
import type { Inflate } from "../formats/zip-members.ts";
import { openWeights } from "./open-weights.ts";
import type { WeightFile, WeightFileProblem } from "./weight-file.ts";

/** What is needed of `node:fs/promises` and `node:path`; the core itself imports nothing of Node. */
export interface NodeWeightPlatform {
  open(path: string, flags: "r"): Promise<NodeFileHandle>;
  readonly path: {
    basename(path: string): string;
    dirname(path: string): string;
    join(...parts: string[]): string;
  };
  readonly inflate: Inflate;
}

interface NodeFileHandle extends NodeFile {
  stat(): Promise<{ readonly size: number; isFile(): boolean }>;
}

/**
 * Runs `use` on the weight file at `path` and closes it, and the parts beside it, afterwards.
 *
 * Rejects where the file cannot be read; what is wrong with its content is a problem.
 */
export async function withWeightFile<Value>(
  node: NodeWeightPlatform,
  path: string,
  use: (weights: WeightFile | WeightFileProblem, sizeBytes: number) => Promise<Value>,
): Promise<Value> {
  const opened: NodeFileHandle[] = [];
  /** A file that is named more than once is opened once. */
  const known = new Map<string, Promise<ByteSource>>();
  const open = (file: string): Promise<ByteSource> => {
    const found = known.get(file) ?? openNew(file);
    known.set(file, found);
    return found;
  };
  const openNew = async (file: string): Promise<ByteSource> => {
    const handle = await node.open(file, "r");
    opened.push(handle);
    return sourceOf(handle, file);
  };
  try {
    const folder = node.path.dirname(path);
    const bytes = await open(path);
    const weights = await openWeights({
      name: node.path.basename(path),
      bytes,
      inflate: node.inflate,
      sibling: (name) =>
        isInside(name) ? unlessMissing(open(node.path.join(folder, name))) : missing,
    });
    return await use(weights, bytes.sizeBytes);
  } finally {
    await Promise.all(opened.map((handle) => handle.close()));
  }
}

const missing = Promise.resolve(undefined);

async function sourceOf(handle: NodeFileHandle, file: string): Promise<ByteSource> {
  const state = await handle.stat();
  if (!state.isFile()) throw new Error(`${file} is no file`);
  return {
    sizeBytes: state.size,
    readInto: (start, target) => fillFrom(handle, start, target),
    async read(start, end) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, state.size) - start));
      return bytes.subarray(0, await fillFrom(handle, start, bytes));
    },
  };
}

/** A file of an index may name others of its folder, and nothing outside of it. */
function isInside(name: string): boolean {
  const parts = name.split(/[\\/]/);
  return !name.includes(":") && parts.every((part) => part !== "" && part !== "..");
}
