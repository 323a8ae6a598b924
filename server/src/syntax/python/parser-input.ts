/** Whole numbers with a point and no digit after it, as in `1. / m` and `1.e-3`. */
const POINT_WITHOUT_DIGIT = /(?<![\p{ID_Continue}.])(\d[\d_]*)\.(?![\d_])/gu;

/**
 * What the parser reads in place of a text, offset for offset.
 *
 * Its grammar takes the point of `1.` for an attribute's, and a byte order mark for an error. A
 * digit and a line break stand in for them; values are read from the text itself, so neither that
 * digit nor one put into a string or a comment is ever seen.
 */
export function parserInput(text: string): string {
  const numbers = text.replaceAll(POINT_WITHOUT_DIGIT, (_, digits: string) => `${digits}0`);
  return numbers.startsWith("\uFEFF") ? `\n${numbers.slice(1)}` : numbers;
}
