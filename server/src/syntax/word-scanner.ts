import {
  type Automaton,
  automatonOf,
  hasEdges,
  type Pattern,
  patternOf,
} from "./word-automaton.ts";

/**
 * Finds which of many words a text contains, in one pass over it, whatever the case of its ASCII
 * letters: see {@link Automaton}.
 *
 * A `\b` before or behind a word is the edge of an identifier, as in regular expressions: `\babs\b`
 * is in `np.abs(w)` and not in `absolute`.
 */
export interface WordScanner {
  readonly words: ReadonlyMap<string, number>;
  /** 1 at the index of each word that the UTF-8 text contains. */
  scan(text: Uint8Array): Uint8Array;
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

function scan(text: Uint8Array, automaton: Automaton, patterns: readonly Pattern[]): Uint8Array {
  const { next, ends, classes, bits } = automaton;
  const found = new Uint8Array(patterns.length);
  const open = automaton.endings.slice();
  let state = 0;
  for (let at = 0; at < text.length; at += 1) {
    state = next[(state << bits) | (classes[text[at] ?? 0] ?? 0)] ?? 0;
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
