import type { CodeText } from "./code-text.ts";

/** What is remembered may add up to so many characters; past this the memory starts over. */
const MOST_CHARACTERS = 500_000;

/**
 * `read`, with what it says of each part of an edited code remembered, for a keystroke changes one
 * part: it must depend on nothing but the text. Code that is read once is not remembered.
 */
export function byText<Value>(
  read: (text: string) => Value,
): (text: string, code: CodeText) => Value {
  const known = new Map<string, { readonly value: Value }>();
  let characters = 0;
  return (text, { isEdited }) => {
    if (!isEdited) return read(text);
    const before = known.get(text);
    if (before !== undefined) return before.value;
    characters += text.length;
    if (characters > MOST_CHARACTERS) {
      known.clear();
      characters = text.length;
    }
    const value = read(text);
    known.set(text, { value });
    return value;
  };
}
