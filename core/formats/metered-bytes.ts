import type { ByteSource } from "./byte-source.ts";

/** What a read costs at least, so that many small ones add up. */
const LEAST_BYTES = 64;

/**
 * The same bytes, of which at most `mostBytes` are given out in all; then `refuse` is thrown.
 *
 * Parts of a hostile file may stand for one another over and over: what follows them through this
 * source comes to an end.
 */
export function meteredBytes(
  bytes: ByteSource,
  mostBytes: number,
  refuse: () => Error,
): ByteSource {
  let left = mostBytes;
  return {
    sizeBytes: bytes.sizeBytes,
    async read(start, end) {
      left -= Math.max(LEAST_BYTES, end - start);
      if (left < 0) throw refuse();
      return bytes.read(start, end);
    },
  };
}
