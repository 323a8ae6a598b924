import type { ModalityData } from "../../dataset.ts";
import { wordsOf } from "./words-of.ts";

/** Token of all words that are not in the vocabulary. */
export const UNKNOWN = 1;
/** What token 0, which fills a row behind its text, and the unknown one are called. */
export const SPECIAL = ["", "<unknown>"] as const;

export interface WordRows {
  /** Puts the first words of `text` into a row; a row that is never set lacks its text. */
  set(row: number, text: string): void;
  modality(name: string): ModalityData;
}

/**
 * Texts as rows of `length` tokens, one token for each different word of all texts.
 *
 * Which words a model may tell apart is for the training part to say: `fitVocabulary` does.
 */
export function createWordRows(rows: number, length: number): WordRows {
  const tokens = new Map<string, number>();
  const vocabulary: string[] = [...SPECIAL];
  const data = new Int32Array(rows * length);
  const present = new Uint8Array(rows);
  const tokenOf = (word: string): number => {
    const known = tokens.get(word);
    if (known !== undefined) return known;
    tokens.set(word, vocabulary.length);
    return vocabulary.push(word) - 1;
  };
  return {
    set(row, text) {
      present[row] = 1;
      for (const [index, word] of wordsOf(text).slice(0, length).entries()) {
        data[row * length + index] = tokenOf(word);
      }
    },
    modality: (name) => ({
      name,
      kind: "tokens",
      shape: [length],
      data,
      present,
      contentOf: Int32Array.from({ length: rows }, (_, row) => row),
      vocabulary,
    }),
  };
}
