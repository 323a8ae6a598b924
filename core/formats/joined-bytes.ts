import { type ByteSource, readInto } from "./byte-source.ts";

/** The bytes of several sources one after the other, as one source. */
export function joinedBytes(parts: readonly ByteSource[]): ByteSource {
  const starts: number[] = [];
  let sizeBytes = 0;
  for (const part of parts) {
    starts.push(sizeBytes);
    sizeBytes += part.sizeBytes;
  }
  const into = async (start: number, target: Uint8Array): Promise<number> => {
    let filled = 0;
    for (const [index, part] of parts.entries()) {
      const from = start + filled - (starts[index] ?? 0);
      if (from < 0 || from >= part.sizeBytes || filled === target.length) continue;
      const room = target.subarray(filled, filled + part.sizeBytes - from);
      filled += await readInto(part, from, room);
    }
    return filled;
  };
  return {
    sizeBytes,
    readInto: into,
    async read(start, end) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, sizeBytes) - start));
      return bytes.subarray(0, await into(start, bytes));
    },
  };
}
