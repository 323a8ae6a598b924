import { FIRST_KEYWORD, KEYWORDS, NAME } from "./token-kinds.ts";

/**
 * The identifiers of a text, each as one string however often it occurs: fewer copies, and
 * comparing two uses of a name compares two pointers. Keywords are its first entries.
 */
export interface NameTable {
  readonly names: string[];
  readonly hashes: number[];
  /** Open addressing: index of a name plus one, at its hash or behind. A power of two long. */
  slots: Int32Array;
}

const FIRST_SIZE = 512;

/** To be applied to each UTF-16 unit in turn, from 0. */
export const nextHash = (hash: number, code: number) => (Math.imul(hash, 31) + code) | 0;

function hashOf(name: string): number {
  let hash = 0;
  for (let at = 0; at < name.length; at += 1) hash = nextHash(hash, name.charCodeAt(at));
  return hash;
}

export function nameTable(): NameTable {
  const table = {
    names: [...KEYWORDS],
    hashes: KEYWORDS.map(hashOf),
    slots: new Int32Array(FIRST_SIZE),
  };
  fillSlots(table);
  return table;
}

const placeOf = (hash: number, size: number) => (hash ^ (hash >>> 15)) & (size - 1);

function fillSlots({ hashes, slots }: NameTable): void {
  const mask = slots.length - 1;
  hashes.forEach((hash, index) => {
    let place = placeOf(hash, slots.length);
    while (slots[place] !== 0) place = (place + 1) & mask;
    slots[place] = index + 1;
  });
}

function isAt(name: string, text: string, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let at = 0; at < name.length; at += 1) {
    if (name.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  }
  return true;
}

/** Index of the name between `start` and `end`, whose hash the caller has computed on the way. */
export function intern(
  table: NameTable,
  text: string,
  range: { readonly start: number; readonly end: number },
  hash: number,
): number {
  const { names, hashes, slots } = table;
  const mask = slots.length - 1;
  let place = placeOf(hash, slots.length);
  for (let slot = slots[place] ?? 0; slot !== 0; slot = slots[place] ?? 0) {
    const index = slot - 1;
    if (hashes[index] === hash && isAt(names[index] ?? "", text, range.start, range.end)) {
      return index;
    }
    place = (place + 1) & mask;
  }
  // Python takes names for the same that Unicode holds to be compatible.
  names.push(text.slice(range.start, range.end).normalize("NFKC"));
  hashes.push(hash);
  slots[place] = names.length;
  if (names.length * 2 > slots.length) {
    table.slots = new Int32Array(slots.length * 2);
    fillSlots(table);
  }
  return names.length - 1;
}

/** Kind of token that the name with this index is. */
export const kindOfName = (index: number) =>
  index < KEYWORDS.length ? FIRST_KEYWORD + index : NAME;
