import type { Matrix } from "./matrix.ts";

/**
 * For each row of a matrix [n, d] the first row that holds the same numbers, bit by bit.
 *
 * Takes n·d operations: rows are compared only where their hashes agree.
 */
export function rowClasses({ rows, columns, data }: Matrix): Int32Array {
  const { buffer, byteOffset, BYTES_PER_ELEMENT } = data;
  const words = (columns * BYTES_PER_ELEMENT) / 4;
  const bits = new Uint32Array(buffer, byteOffset, rows * words);
  const isSame = (a: number, b: number) => {
    for (let k = 0; k < words; k += 1) {
      if (bits[a * words + k] !== bits[b * words + k]) return false;
    }
    return true;
  };
  const firsts = new Map<number, number[]>();
  return Int32Array.from({ length: rows }, (_, row) => {
    const hash = hashOf(bits.subarray(row * words, (row + 1) * words));
    const found = firsts.get(hash);
    const first = found?.find((other) => isSame(other, row));
    if (first !== undefined) return first;
    if (found === undefined) firsts.set(hash, [row]);
    else found.push(row);
    return row;
  });
}

/** FNV-1a, a word at a time. */
function hashOf(words: Uint32Array): number {
  let hash = 0x811c9dc5;
  for (let k = 0; k < words.length; k += 1) {
    hash = Math.imul(hash ^ (words[k] ?? 0), 0x01000193);
    // The low half of a binary64 is often zero; without this only the upper bits would mix.
    hash ^= hash >>> 15;
  }
  return hash;
}
