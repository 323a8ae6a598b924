/**
 * The automaton of Aho and Corasick, which finds which of many words a text contains in one pass
 * over it, over the characters that the words are made of; ASCII letters alike in both cases.
 *
 * @see Aho & Corasick 1975, doi:10.1145/360825.360855, algorithms 2–4.
 */
export interface Automaton {
  readonly classes: Uint8Array;
  /** Classes need so many bits. */
  readonly bits: number;
  /** State behind each state and class, at `state << bits | class`. */
  readonly next: Uint16Array;
  /** Words that end in a state. */
  readonly ends: readonly (readonly number[] | undefined)[];
  /** 1 for states in which a word ends. */
  readonly endings: Uint8Array;
}

/** A word without its edges. */
export interface Pattern {
  readonly letters: string;
  readonly hasStart: boolean;
  readonly hasEnd: boolean;
}

export function patternOf(word: string): Pattern {
  const hasStart = word.startsWith("\b");
  const hasEnd = word.endsWith("\b");
  return { letters: word.slice(hasStart ? 1 : 0, hasEnd ? -1 : undefined), hasStart, hasEnd };
}

export function hasEdges(
  { letters, hasStart, hasEnd }: Pattern,
  text: Uint8Array,
  end: number,
): boolean {
  const before = text[end - letters.length - 1] ?? NONE;
  return !(hasStart && isOfIdentifier(before)) && !(hasEnd && isOfIdentifier(text[end] ?? NONE));
}

/** What stands before and behind a text. */
const NONE = 0;

/** Letters of other alphabets as well, whose bytes are 128 and more. */
const isOfIdentifier = (code: number) =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 95 ||
  code >= 128;

/** A small number for each byte that occurs in words, letters alike in both cases; 0 for the rest. */
function classesOf(words: readonly string[]): { classes: Uint8Array; classCount: number } {
  const classes = new Uint8Array(256);
  let classCount = 1;
  for (const character of new Set(words.join(""))) {
    classes[character.charCodeAt(0)] = classCount;
    classes[character.toUpperCase().charCodeAt(0)] = classCount;
    classCount += 1;
  }
  return { classes, classCount };
}

export function automatonOf(words: readonly string[]): Automaton {
  const { classes, classCount } = classesOf(words);
  const bits = 32 - Math.clz32(classCount - 1);
  const most = words.reduce((sum, { length }) => sum + length, 1);
  const next = new Uint16Array(most << bits);
  const ends: (readonly number[] | undefined)[] = [];
  let stateCount = 1;
  words.forEach((word, index) => {
    let state = 0;
    for (let at = 0; at < word.length; at += 1) {
      const place = (state << bits) | (classes[word.charCodeAt(at)] ?? 0);
      if (next[place] === 0) {
        next[place] = stateCount;
        stateCount += 1;
      }
      state = next[place] ?? 0;
    }
    ends[state] = [...(ends[state] ?? []), index];
  });
  link({ next, ends, bits, classCount, stateCount });
  const endings = Uint8Array.from({ length: stateCount }, (_, state) =>
    ends[state] === undefined ? 0 : 1,
  );
  return { classes, bits, next, ends, endings };
}

interface WordTree {
  readonly next: Uint16Array;
  readonly ends: (readonly number[] | undefined)[];
  readonly bits: number;
  readonly classCount: number;
  readonly stateCount: number;
}

/** Completes the tree of words: where one cannot go on, the longest other one that may does. */
function link({ next, ends, bits, classCount, stateCount }: WordTree): void {
  const fallback = new Int32Array(stateCount);
  const queue = [0];
  for (const state of queue) {
    for (let kind = 1; kind < classCount; kind += 1) {
      const place = (state << bits) | kind;
      const below = next[place] ?? 0;
      const elsewhere = state === 0 ? 0 : (next[((fallback[state] ?? 0) << bits) | kind] ?? 0);
      if (below === 0) next[place] = elsewhere;
      else {
        fallback[below] = elsewhere;
        ends[below] = joined(ends[below], ends[elsewhere]);
        queue.push(below);
      }
    }
  }
}

function joined(
  own: readonly number[] | undefined,
  others: readonly number[] | undefined,
): readonly number[] | undefined {
  return own === undefined || others === undefined ? (own ?? others) : [...own, ...others];
}
