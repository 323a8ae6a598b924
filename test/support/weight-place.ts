import { pipeline, Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { nodeInflate } from "../../core/formats/node-inflate.ts";
import type { WeightPlace } from "../../core/weights/open-weights.ts";
import { openWeights } from "../../core/weights/open-weights.ts";
import { createScanKernels } from "../../core/weights/scan/kernels.ts";
import { type ScannedTensor, scanFile } from "../../core/weights/scan/scan-file.ts";
import { bytesInMemory } from "./bytes-in-memory.ts";

/** A folder in memory as `openWeights` sees it, of which `name` is opened. */
export function weightPlace(
  name: string,
  files: Readonly<Record<string, Uint8Array>>,
): WeightPlace {
  return {
    name,
    bytes: bytesInMemory(files[name] ?? new Uint8Array(0)),
    inflate: nodeInflate({ pipeline, createInflateRaw, readable: Readable.from }),
    sibling: (other) => {
      const bytes = Object.hasOwn(files, other) ? files[other] : undefined;
      return Promise.resolve(bytes === undefined ? undefined : bytesInMemory(bytes));
    },
  };
}

const kernels = createScanKernels();

/** What a weight file holds, and everything that is wrong with it. */
export async function inspected(
  name: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<{ readonly tensors: readonly ScannedTensor[]; readonly problems: readonly string[] }> {
  const opened = await openWeights(weightPlace(name, files));
  if ("problem" in opened) return { tensors: [], problems: [opened.problem] };
  const tensors: ScannedTensor[] = [];
  const problems = [...opened.problems];
  const signal = new AbortController().signal;
  for await (const item of scanFile(kernels, opened.tensors, { signal })) {
    if ("problem" in item) problems.push(`\`${item.name}\`: ${item.problem}`);
    else tensors.push(item);
  }
  return { tensors, problems };
}
