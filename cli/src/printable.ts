/** Control characters and those that turn the direction of text: a terminal obeys them. */
const OBEYED = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Text of a file in one line that does nothing to a terminal. */
export function printable(text: string): string {
  return text.replaceAll(/\s+/gu, " ").replaceAll(OBEYED, "\uFFFD");
}
