const POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 1 ? (remainder >>> 1) ^ POLYNOMIAL : remainder >>> 1;
  }
  return remainder;
});

/**
 * CRC-32 as ZIP, gzip and PNG use it; of no bytes it is 0.
 *
 * `before` is the value of the bytes that went before, so a long file can be summed piece by piece.
 *
 * @see ITU-T V.42, reflected polynomial 0xEDB88320.
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let state = ~before;
  for (const byte of bytes) state = (TABLE[(state ^ byte) & 0xff] ?? 0) ^ (state >>> 8);
  return ~state >>> 0;
}
