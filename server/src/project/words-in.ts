/** Hashes of the words of a text, sorted: a file has thousands, and all files are kept in mind. */
export type Words = Uint32Array;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 95;

/**
 * Every run of letters, digits and underscores, comments and strings included: a superset of the
 * names that code can read, found without parsing it.
 */
export function wordsIn(text: string): Words {
  const hashes = new Set<number>();
  let hash = FNV_OFFSET;
  let isInside = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (isWordCode(code)) {
      hash = Math.imul(hash ^ code, FNV_PRIME);
      isInside = true;
    } else if (isInside) {
      hashes.add(hash >>> 0);
      hash = FNV_OFFSET;
      isInside = false;
    }
  }
  if (isInside) hashes.add(hash >>> 0);
  return Uint32Array.from(hashes).sort();
}

/** Whether `word` is among `words`; in one of a billion cases another word has the same hash. */
export function hasWord(words: Words, word: string): boolean {
  const sought = wordHash(word);
  let low = 0;
  let high = words.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = words[middle] ?? 0;
    if (found === sought) return true;
    if (found < sought) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** What stands for `word` among {@link Words}. */
export function wordHash(word: string): number {
  let hash = FNV_OFFSET;
  for (let index = 0; index < word.length; index += 1) {
    hash = Math.imul(hash ^ word.charCodeAt(index), FNV_PRIME);
  }
  return hash >>> 0;
}
