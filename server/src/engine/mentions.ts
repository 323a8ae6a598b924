/** Whether a text mentions what a rule needs; every word is looked for once. */
export function mentions(text: string): (groups: readonly (readonly string[])[]) => boolean {
  const folded = text.toLowerCase();
  const seen = new Map<string, boolean>();
  const has = (word: string): boolean => {
    const known = seen.get(word);
    if (known !== undefined) return known;
    const isThere = folded.includes(word);
    seen.set(word, isThere);
    return isThere;
  };
  return (groups) => groups.every((words) => words.some(has));
}
