import { RULES } from "../rules/rules.generated.ts";
import { isScannable, wordScanner } from "./word-scanner.ts";

/** Whether the text at hand has, of each group, one word. */
export type Mentions = (groups: readonly (readonly string[])[]) => boolean;

/** What an operand may end with. */
const OPERAND_ENDS = [..."abcdefghijklmnopqrstuvwxyz0123456789_)]"];

/** An operator between operands: not the `**` of `f(**options)`, not the `@` of a decorator. */
const operator = (sign: string): readonly string[] => [
  `${sign} `,
  ...OPERAND_ENDS.flatMap((end) => [end + sign, `${end} ${sign}`]),
];

const OPERATORS: ReadonlyMap<string, readonly string[]> = new Map([
  ["**", operator("**")],
  ["@", operator("@")],
]);

/** What to look for in place of a rule's word. */
const spellingsOf = (word: string): readonly string[] => OPERATORS.get(word) ?? [word];

const WORDS = new Set(RULES.flatMap((rule) => rule.mentions.flat()).flatMap(spellingsOf));
const SCANNER = wordScanner([...WORDS].filter(isScannable));

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
  return (groups) => groups.every((words) => words.some((word) => spellingsOf(word).some(has)));
}
