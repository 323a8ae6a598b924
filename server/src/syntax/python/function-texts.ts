const FUNCTION = /^[ \t]*(?:async[ \t]+)?def\b/m;

let last: { readonly code: string; readonly texts: readonly string[] } = { code: "", texts: [""] };

/**
 * A text cut before each `def`, told without parsing it: a function each, up to the functions in it
 * and with what stands behind it, and first what stands before them all.
 */
export function functionTexts(code: string): readonly string[] {
  if (last.code !== code) last = { code, texts: code.split(FUNCTION) };
  return last.texts;
}
