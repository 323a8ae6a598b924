import { pipeline, Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import type { ByteSource } from "../../core/formats/byte-source.ts";
import { nodeInflate } from "../../core/formats/node-inflate.ts";
import type { WeightPlace } from "../../core/weights/open-weights.ts";
import { openWeights } from "../../core/weights/open-weights.ts";
import { createScanKernels } from "../../core/weights/scan/kernels.ts";
import { type ScannedTensor, scanFile } from "../../core/weights/scan/scan-file.ts";
import { bytesInMemory } from "./bytes-in-memory.ts";

/** A folder in memory as `openWeights` sees it, of which `name` is opened; `onBytes` hears of reads. */
export function weightPlace(
  name: string,
  files: Readonly<Record<string, Uint8Array>>,
  onBytes: (bytes: number) => void = () => undefined,
): WeightPlace {
  const inflate = nodeInflate({ pipeline, createInflateRaw, readable: Readable.from });
  const counted = (bytes: Uint8Array): ByteSource => {
    const source = bytesInMemory(bytes);
    return {
      ...source,
      async read(start, end) {
        const found = await source.read(start, end);
        onBytes(found.length);
        return found;
      },
    };
  };
  return {
    name,
    bytes: counted(files[name] ?? new Uint8Array(0)),
    async *inflate(packed) {
      for await (const piece of inflate(packed)) {
        onBytes(piece.length);
        yield piece;
      }
    },
    sibling: (other) => {
      const bytes = Object.hasOwn(files, other) ? files[other] : undefined;
      return Promise.resolve(bytes === undefined ? undefined : counted(bytes));
    },
  };
}

const kernels = createScanKernels();

interface Inspected {
  readonly tensors: readonly ScannedTensor[];
  readonly problems: readonly string[];
  /** Bytes that were read of the files, and unpacked of what is packed. */
  readonly bytesRead: number;
}

/** What a weight file holds, and everything that is wrong with it. */
export async function inspected(
  name: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<Inspected> {
  let bytesRead = 0;
  const place = weightPlace(name, files, (bytes) => {
    bytesRead += bytes;
  });
  const opened = await openWeights(place);
  if ("problem" in opened) return { tensors: [], problems: [opened.problem], bytesRead };
  const tensors: ScannedTensor[] = [];
  const problems = [...opened.problems];
  const signal = new AbortController().signal;
  for await (const item of scanFile(kernels, opened.tensors, { signal })) {
    if ("problem" in item) problems.push(`\`${item.name}\`: ${item.problem}`);
    else tensors.push(item);
  }
  return { tensors, problems, bytesRead };
}
