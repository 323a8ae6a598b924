/** Words that can be added before the sums of 16 bits must be folded. */
const WORDS = 359;

/**
 * Fletcher's checksum of 32 bits as HDF5 computes it: over words of 16 bits, most significant byte
 * first, a last odd byte as the upper half of a word.
 *
 * @see Fletcher 1982, doi:10.1109/TCOM.1982.1095369
 */
export function fletcher32(bytes: Uint8Array): number {
  let [first, second] = [0, 0];
  const fold = (sum: number) => (sum & 0xffff) + (sum >>> 16);
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + 2 * WORDS);
    for (; at < end; at += 2) {
      first += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      second += first;
    }
    first = fold(first);
    second = fold(second);
  }
  return ((fold(second) << 16) | fold(first)) >>> 0;
}
