const isWordCode = (code: number): boolean =>
  (code >= 97 && code <= 122) ||
  (code >= 65 && code <= 90) ||
  (code >= 48 && code <= 57) ||
  code === 95;

/**
 * Every run of letters, digits and underscores, comments and strings included: a superset of the
 * names that code can read, found without parsing it.
 */
export function wordsIn(text: string): ReadonlySet<string> {
  const words = new Set<string>();
  let start = -1;
  for (let index = 0; index <= text.length; index++) {
    if (index < text.length && isWordCode(text.charCodeAt(index))) {
      if (start < 0) start = index;
    } else if (start >= 0) {
      words.add(text.slice(start, index));
      start = -1;
    }
  }
  return words;
}
