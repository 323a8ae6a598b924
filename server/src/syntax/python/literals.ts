import type { Span } from "../../../../core/protocol/span.ts";

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "\n": "",
};
const ESCAPE =
  /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U00([01][0-9a-fA-F]{5})|([0-7]{1,3})|\r\n|([\s\S]))/g;

/** What stands between the quotes that begin and end `quoted`; the closing ones may be missing. */
export function insideQuotes(text: string, { start, end }: Span): Span {
  const mark = text.charAt(start);
  const isTriple = end - start > 2 && text.startsWith(mark.repeat(3), start);
  const width = isTriple ? 3 : 1;
  const isClosed = end - start >= 2 * width && text.startsWith(mark.repeat(width), end - width);
  return { start: start + width, end: isClosed ? end - width : end };
}

/** Value of the string literal whose quotes begin and end `quoted`. */
export function stringValue(text: string, quoted: Span, isRaw: boolean): string {
  const { start, end } = insideQuotes(text, quoted);
  const body = text.slice(start, end);
  if (isRaw || !body.includes("\\")) return body;
  return body.replace(ESCAPE, characterOf);
}

function characterOf(
  whole: string,
  hex2: string | undefined,
  hex4: string | undefined,
  hex6: string | undefined,
  octal: string | undefined,
  one: string | undefined,
): string {
  const hex = hex2 ?? hex4 ?? hex6;
  const code = octal === undefined ? Number.parseInt(hex ?? "", 16) : Number.parseInt(octal, 8);
  if (code <= 0x10ffff) return String.fromCodePoint(code);
  return one === undefined ? "" : (ESCAPES[one] ?? whole);
}

/** Value of a number literal; NaN for complex numbers and for what is not a number. */
export function numberValue(literal: string): number {
  const value = Number(literal);
  if (!Number.isNaN(value)) return value;
  const plain = literal.replaceAll("_", "");
  return /[jJ]$/.test(plain) ? Number.NaN : Number(plain);
}
