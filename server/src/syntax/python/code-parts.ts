/** A Python text taken apart without being parsed; all in UTF-8. */
export interface CodeParts {
  /** The text without its comments and without what stands in triple quotes; line by line. */
  readonly code: Uint8Array;
  readonly comments: Uint8Array;
}

const NOTHING = new Uint8Array();

const NEWLINE = 10;
const RETURN = 13;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const SINGLE_QUOTE = 39;
const BACKSLASH = 92;

const MARKS = new Uint8Array(256);
for (const mark of [DOUBLE_QUOTE, SINGLE_QUOTE, HASH]) MARKS[mark] = 1;

/** Takes comments and docstrings out of a text. Total: what is left open ends with its line or the text. */
export function codeParts(text: Uint8Array): CodeParts {
  const { length } = text;
  const code: number[] = [];
  const comments: number[] = [];
  let from = 0;
  let at = 0;
  while (at < length) {
    const byte = text[at] ?? 0;
    if (MARKS[byte] === 0) at += 1;
    else if (byte === HASH) {
      const end = lineEnd(text, at);
      comments.push(at, end);
      code.push(from, at);
      from = at = end;
    } else if (text[at + 1] === byte && text[at + 2] === byte) {
      // Two of the quotes stay: an empty string.
      code.push(from, at + 2);
      from = at = tripleEnd(text, at, byte);
    } else at = stringEnd(text, at, byte);
  }
  code.push(from, length);
  return { code: joined(text, code), comments: joined(text, comments, NEWLINE) };
}

function lineEnd(text: Uint8Array, start: number): number {
  const end = text.indexOf(NEWLINE, start);
  return end < 0 ? text.length : end;
}

/** A line continued by a backslash may end in two characters. */
const afterEscape = (text: Uint8Array, at: number): number =>
  text[at + 1] === RETURN && text[at + 2] === NEWLINE ? at + 3 : at + 2;

function tripleEnd(text: Uint8Array, start: number, quote: number): number {
  let at = start + 3;
  while (at < text.length) {
    const byte = text[at];
    if (byte === BACKSLASH) at = afterEscape(text, at);
    else if (byte === quote && text[at + 1] === quote && text[at + 2] === quote) return at + 3;
    else at += 1;
  }
  return text.length;
}

function stringEnd(text: Uint8Array, start: number, quote: number): number {
  let at = start + 1;
  while (at < text.length) {
    const byte = text[at];
    if (byte === BACKSLASH) at = afterEscape(text, at);
    else if (byte === quote) return at + 1;
    else if (byte === NEWLINE || byte === RETURN) return at;
    else at += 1;
  }
  return text.length;
}

/** The pieces of a text between pairs of places, with a byte between two of them. */
function joined(text: Uint8Array, places: readonly number[], separator?: number): Uint8Array {
  if (places.length === 0) return NOTHING;
  const pieces = new Uint8Array(text.length);
  let size = 0;
  for (let index = 0; index < places.length; index += 2) {
    if (separator !== undefined && index > 0) {
      pieces[size] = separator;
      size += 1;
    }
    const piece = text.subarray(places[index], places[index + 1]);
    pieces.set(piece, size);
    size += piece.length;
  }
  return pieces.subarray(0, size);
}
