/**
 * Finds which of many words a text contains, in one pass over it, whatever the case of its ASCII
 * letters: the automaton of Aho and Corasick over the characters that the words are made of.
 *
 * @see Aho & Corasick 1975, doi:10.1145/360825.360855, algorithms 2–4.
 */
export interface WordScanner {
  readonly words: ReadonlyMap<string, number>;
  /** 1 at the index of each word that the text contains. */
  inText(text: string): Uint8Array;
  /** The same of a text in UTF-8. */
  inBytes(bytes: Uint8Array): Uint8Array;
}

/** True for words that a scanner can look for. */
export const isScannable = (word: string) => /^[!-@[-~ ]+$/.test(word);

/** @param words Lower-case ASCII, see {@link isScannable}. */
export function wordScanner(words: readonly string[]): WordScanner {
  const distinct = [...new Set(words)];
  const { classes, classCount } = classesOf(distinct);
  const { next, ends, stateCount } = automatonOf(distinct, classes, classCount);
  const pending = Uint8Array.from({ length: stateCount }, (_, state) =>
    ends[state] === undefined ? 0 : 1,
  );

  /** Notes the words that end in a state; once a text is enough. */
  const note = (state: number, found: Uint8Array, open: Uint8Array) => {
    open[state] = 0;
    for (const word of ends[state] ?? []) found[word] = 1;
  };
  return {
    words: new Map(distinct.map((word, index) => [word, index])),
    inText(text) {
      const found = new Uint8Array(distinct.length);
      const open = pending.slice();
      let state = 0;
      for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        state = next[state + (code < 128 ? (classes[code] ?? 0) : 0)] ?? 0;
        if (open[state] === 1) note(state, found, open);
      }
      return found;
    },
    inBytes(bytes) {
      const found = new Uint8Array(distinct.length);
      const open = pending.slice();
      let state = 0;
      for (let at = 0; at < bytes.length; at += 1) {
        state = next[state + (classes[bytes[at] ?? 0] ?? 0)] ?? 0;
        if (open[state] === 1) note(state, found, open);
      }
      return found;
    },
  };
}

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

interface Automaton {
  /** State behind each state and class. States are numbered by their row: multiples of `classCount`. */
  readonly next: Int32Array;
  /** Words that end in a state, by that number. */
  readonly ends: readonly (readonly number[] | undefined)[];
  readonly stateCount: number;
}

function automatonOf(words: readonly string[], classes: Uint8Array, classCount: number): Automaton {
  const most = words.reduce((sum, { length }) => sum + length, 1);
  const next = new Int32Array(most * classCount);
  const ends: (readonly number[] | undefined)[] = [];
  let rows = 1;
  words.forEach((word, index) => {
    let state = 0;
    for (let at = 0; at < word.length; at += 1) {
      const place = state + (classes[word.charCodeAt(at)] ?? 0);
      if (next[place] === 0) {
        next[place] = rows * classCount;
        rows += 1;
      }
      state = next[place] ?? 0;
    }
    ends[state] = [...(ends[state] ?? []), index];
  });
  link(next, ends, classCount);
  return { next, ends, stateCount: rows * classCount };
}

/** Completes the tree of words: where one cannot go on, the longest other one that may does. */
function link(next: Int32Array, ends: (readonly number[] | undefined)[], classCount: number): void {
  const fallback = new Int32Array(next.length);
  const queue = [0];
  for (const state of queue) {
    for (let kind = 1; kind < classCount; kind += 1) {
      const below = next[state + kind] ?? 0;
      const elsewhere = state === 0 ? 0 : (next[(fallback[state] ?? 0) + kind] ?? 0);
      if (below === 0) next[state + kind] = elsewhere;
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
