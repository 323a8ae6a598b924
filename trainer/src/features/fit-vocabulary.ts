import { SPECIAL, UNKNOWN } from "../data/text/word-rows.ts";
import type { ModalityData } from "../dataset.ts";

/** A modality of tokens with the vocabulary of some of its rows. */
export interface FittedVocabulary {
  readonly modality: ModalityData;
  /** Different words in all rows. */
  readonly wordsFound: number;
  /** Share of the words in the other rows that are not in the vocabulary, 0..1; NaN without any. */
  readonly unknownFraction: number;
}

/**
 * Keeps the `most` words that stand most often in `rows`, ties in the order of the words, and makes all
 * others one word.
 */
export function fitVocabulary(
  modality: ModalityData,
  rows: Int32Array,
  most: number,
): FittedVocabulary {
  const { data, shape, vocabulary = [] } = modality;
  const length = shape[0] ?? 1;
  const counts = new Float64Array(vocabulary.length);
  const isFitted = new Uint8Array(data.length / Math.max(1, length));
  for (const row of rows) {
    isFitted[row] = 1;
    for (let at = row * length; at < (row + 1) * length; at++) {
      const token = data[at] ?? 0;
      counts[token] = (counts[token] ?? 0) + 1;
    }
  }
  const kept = Array.from(vocabulary.keys())
    .filter((token) => token >= SPECIAL.length && (counts[token] ?? 0) > 0)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || compare(vocabulary[a], vocabulary[b]))
    .slice(0, most);
  const newToken = new Int32Array(vocabulary.length).fill(UNKNOWN);
  newToken[0] = 0;
  for (const [index, token] of kept.entries()) newToken[token] = index + SPECIAL.length;
  const fitted = Int32Array.from(data, (token) => newToken[token] ?? UNKNOWN);
  return {
    modality: {
      ...modality,
      data: fitted,
      vocabulary: [...SPECIAL, ...kept.map((token) => vocabulary[token] ?? "")],
    },
    wordsFound: vocabulary.length - SPECIAL.length,
    unknownFraction: unknownFraction(fitted, length, isFitted),
  };
}

function unknownFraction(data: Int32Array, length: number, isFitted: Uint8Array): number {
  let [words, unknown] = [0, 0];
  for (const [at, token] of data.entries()) {
    if (token === 0 || isFitted[Math.floor(at / length)] === 1) continue;
    words += 1;
    if (token === UNKNOWN) unknown += 1;
  }
  return unknown / words;
}

function compare(a = "", b = ""): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
