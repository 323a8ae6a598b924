import { decodeUtf8Lossy, encodeUtf8 } from "./utf8.ts";

/** Many texts in two buffers, which pass between processes without being looked at. */
export interface TextColumn {
  /** UTF-8 of all texts, one after the other. */
  readonly bytes: Uint8Array;
  /** Where each text ends in `bytes`. */
  readonly ends: Int32Array;
}

export function packTexts(texts: readonly string[]): TextColumn {
  const ends = new Int32Array(texts.length);
  const encoded = texts.map(encodeUtf8);
  let length = 0;
  for (const [index, text] of encoded.entries()) {
    length += text.length;
    ends[index] = length;
  }
  const bytes = new Uint8Array(length);
  for (const [index, text] of encoded.entries()) bytes.set(text, (ends[index] ?? 0) - text.length);
  return { bytes, ends };
}

/** The text at `index`; empty where the column has none. */
export function textAt({ bytes, ends }: TextColumn, index: number): string {
  const end = ends[index];
  return end === undefined ? "" : decodeUtf8Lossy(bytes.subarray(ends[index - 1] ?? 0, end));
}
