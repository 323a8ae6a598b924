/**
 * Unpacks LZF data into exactly `sizeBytes` bytes; `undefined` where the data are damaged.
 *
 * A control byte below 32 is followed by one more literal byte than it says; another one holds the
 * length of a copy less two in three bits (7: the next byte adds to it) and its distance less one in
 * the other five and the byte behind.
 *
 * @see https://oldhome.schmorp.de/marc/liblzf.html
 */
export function unpackLzf(packed: Uint8Array, sizeBytes: number): Uint8Array | undefined {
  const out = new Uint8Array(sizeBytes);
  let [at, filled] = [0, 0];
  /** NaN behind the end, which fits nowhere. */
  const next = () => packed[at++] ?? Number.NaN;
  while (at < packed.length) {
    const control = next();
    if (control < 32) {
      const end = at + control + 1;
      if (end > packed.length || filled + control + 1 > sizeBytes) return undefined;
      out.set(packed.subarray(at, end), filled);
      filled += control + 1;
      at = end;
      continue;
    }
    const short = control >> 5;
    const length = 2 + (short < 7 ? short : 7 + next());
    const from = filled - (((control & 31) << 8) + next() + 1);
    if (!(from >= 0 && filled + length <= sizeBytes)) return undefined;
    copyWithin(out, from, filled, length);
    filled += length;
  }
  return filled === sizeBytes ? out : undefined;
}

/** A copy may reach into itself, so it goes byte by byte. */
function copyWithin(bytes: Uint8Array, from: number, to: number, length: number): void {
  for (let index = 0; index < length; index++) bytes[to + index] = bytes[from + index] ?? 0;
}
