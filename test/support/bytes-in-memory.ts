import type { ByteSource } from "../../core/formats/byte-source.ts";

/** A source over bytes in memory; `ranges` collects what was read. */
export function bytesInMemory(
  bytes: Uint8Array,
  ranges: (readonly [number, number])[] = [],
): ByteSource {
  return {
    sizeBytes: bytes.length,
    read(start, end) {
      ranges.push([start, end]);
      return Promise.resolve(bytes.slice(start, end));
    },
  };
}
