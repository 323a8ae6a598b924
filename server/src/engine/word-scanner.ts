/**
 * Finds which of many words a text contains, in one pass over it, whatever the case of its ASCII
 * letters: the automaton of Aho and Corasick over the characters that the words are made of.
 *
 * A `\b` before or behind a word is the edge of an identifier, as in regular expressions: `\babs\b`
 * is in `np.abs(w)` and not in `absolute`.
 *
 * @see Aho & Corasick 1975, doi:10.1145/360825.360855, algorithms 2–4.
 */
export interface WordScanner {
  readonly words: ReadonlyMap<string, number>;
  /** 1 at the index of each word that the text contains. */
  scan(text: string): Uint8Array;
}

/** A word without its edges. */
interface Pattern {
  readonly letters: string;
  readonly hasStart: boolean;
  readonly hasEnd: boolean;
}

function patternOf(word: string): Pattern {
  const hasStart = word.startsWith("\b");
  const hasEnd = word.endsWith("\b");
  return { letters: word.slice(hasStart ? 1 : 0, hasEnd ? -1 : undefined), hasStart, hasEnd };
}

/** True for words that a scanner can look for. */
export const isScannable = (word: string) => /^[!-@[-~ ]+$/.test(patternOf(word).letters);

/** @param words Lower-case ASCII, see {@link isScannable}. */
export function wordScanner(words: readonly string[]): WordScanner {
  const distinct = [...new Set(words)];
  const patterns = distinct.map(patternOf);
  const automaton = automatonOf(patterns.map(({ letters }) => letters));
  return {
    words: new Map(distinct.map((word, index) => [word, index])),
    scan: (text) => scan(text, automaton, patterns),
  };
}

function scan(text: string, automaton: Automaton, patterns: readonly Pattern[]): Uint8Array {
  const { next, ends, classes } = automaton;
  const found = new Uint8Array(patterns.length);
  const open = automaton.endings.slice();
  let state = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    state = next[state + (code < 128 ? (classes[code] ?? 0) : 0)] ?? 0;
    if (open[state] === 1 && note(ends[state] ?? [], at + 1)) open[state] = 0;
  }
  return found;

  /** Notes the words that end here; false while some of them are still to be found. */
  function note(words: readonly number[], end: number): boolean {
    let isDone = true;
    for (const word of words) {
      const pattern = patterns[word];
      if (pattern !== undefined && hasEdges(pattern, text, end)) found[word] = 1;
      isDone &&= found[word] === 1;
    }
    return isDone;
  }
}

function hasEdges({ letters, hasStart, hasEnd }: Pattern, text: string, end: number): boolean {
  const before = text.charCodeAt(end - letters.length - 1);
  return !(hasStart && isOfIdentifier(before)) && !(hasEnd && isOfIdentifier(text.charCodeAt(end)));
}

/** Letters of other alphabets as well; not the `NaN` before and behind a text. */
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

interface Automaton {
  readonly classes: Uint8Array;
  /** State behind each state and class. States are numbered by their row: multiples of `classCount`. */
  readonly next: Int32Array;
  /** Words that end in a state, by that number. */
  readonly ends: readonly (readonly number[] | undefined)[];
  /** 1 for states in which a word ends. */
  readonly endings: Uint8Array;
}

function automatonOf(words: readonly string[]): Automaton {
  const { classes, classCount } = classesOf(words);
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
  const endings = Uint8Array.from({ length: rows * classCount }, (_, state) =>
    ends[state] === undefined ? 0 : 1,
  );
  return { classes, next, ends, endings };
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
