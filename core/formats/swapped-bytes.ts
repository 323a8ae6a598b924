import type { ByteSource } from "./byte-source.ts";

/** Big-endian elements of `itemBytes` as little-endian ones. */
export function swappedBytes(bytes: ByteSource, itemBytes: number): ByteSource {
  if (itemBytes === 1) return bytes;
  return {
    sizeBytes: bytes.sizeBytes,
    async read(start, end) {
      const first = start - (start % itemBytes);
      const last = Math.min(bytes.sizeBytes, Math.ceil(end / itemBytes) * itemBytes);
      const found = Uint8Array.from(await bytes.read(first, last));
      reverseItems(found, itemBytes);
      return found.subarray(start - first, Math.max(start, end) - first);
    },
  };
}

function reverseItems(bytes: Uint8Array, itemBytes: number): void {
  for (let start = 0; start + itemBytes <= bytes.length; start += itemBytes) {
    for (let low = start, high = start + itemBytes - 1; low < high; low++, high--) {
      const byte = bytes[low] ?? 0;
      bytes[low] = bytes[high] ?? 0;
      bytes[high] = byte;
    }
  }
}
