import { RULES } from "../rules/rules.generated.ts";
import { isScannable, wordScanner } from "./word-scanner.ts";

/** Whether the text at hand has, of each group, one word. */
export type Mentions = (groups: readonly (readonly string[])[]) => boolean;

const SCANNER = wordScanner(
  RULES.flatMap((rule) => rule.mentions.flat()).filter((word) => isScannable(word)),
);

/** Tells for a text whether it mentions what a rule needs; all rules share one pass over it. */
export function mentions(text: string): Mentions {
  let folded: string | undefined;
  return mentionsAmong(SCANNER.inText(text), (word) => {
    folded ??= text.toLowerCase();
    return folded.includes(word);
  });
}

/** The same of a text in UTF-8, before it is decoded. */
export function mentionsInBytes(bytes: Uint8Array): Mentions {
  return mentionsAmong(SCANNER.inBytes(bytes), (word) =>
    new TextDecoder().decode(bytes).toLowerCase().includes(word),
  );
}

/** @param hasOther Looks for a word that is not of the registered rules. */
function mentionsAmong(found: Uint8Array, hasOther: (word: string) => boolean): Mentions {
  const has = (word: string) => {
    const index = SCANNER.words.get(word);
    return index === undefined ? hasOther(word) : found[index] === 1;
  };
  return (groups) => groups.every((words) => words.some(has));
}
