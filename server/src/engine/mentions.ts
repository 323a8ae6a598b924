import { RULES } from "../rules/rules.generated.ts";
import { codeParts } from "../syntax/python/code-parts.ts";
import type { LintDocument } from "./document.ts";
import type { MentionGroup } from "./rule.ts";
import { type WordScanner, wordScanner } from "./word-scanner.ts";

/** What is known of a document before it is parsed. */
export interface Mentions {
  /** The text as far as it counts: of Python without comments and docstrings. */
  readonly code: string;
  /** Whether the document has something of each group. */
  all(groups: readonly MentionGroup[]): boolean;
}

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

/** Before words that may as well stand in a comment. */
const COMMENTED = "#";

const WORDS = RULES.flatMap((rule) => rule.mentions).flatMap((group) =>
  typeof group === "function" ? [] : group,
);
const IN_CODE = wordScanner(WORDS.map(withoutMark).flatMap(spellingsOf));
const IN_COMMENTS = wordScanner(
  WORDS.filter((word) => word.startsWith(COMMENTED)).map(withoutMark),
);

function withoutMark(word: string): string {
  return word.startsWith(COMMENTED) ? word.slice(1) : word;
}

type Mentioning = Pick<LintDocument, "language" | "text">;

const known = new WeakMap<Mentioning, Mentions>();

/** What a document mentions; all rules share one pass over it. */
export function mentions(document: Mentioning): Mentions {
  const found = known.get(document) ?? mentionsIn(document);
  known.set(document, found);
  return found;
}

function mentionsIn({ language, text }: Mentioning): Mentions {
  const { code, comments } = language === "python" ? codeParts(text) : { code: text, comments: "" };
  const inCode = finder(IN_CODE, code);
  const inComments = finder(IN_COMMENTS, comments);
  const has = (word: string) =>
    spellingsOf(withoutMark(word)).some(inCode) ||
    (word.startsWith(COMMENTED) && inComments(withoutMark(word)));
  const tested = new Map<MentionGroup, boolean>();
  const hasOf = (group: MentionGroup) => {
    if (typeof group !== "function") return group.some(has);
    // Rules of a kind share their tests.
    const isMet = tested.get(group) ?? group(code);
    tested.set(group, isMet);
    return isMet;
  };
  return { code, all: (groups) => groups.every(hasOf) };
}

/** A rule that is not registered, as in a test, has words of its own. */
function finder({ words, scan }: WordScanner, text: string): (word: string) => boolean {
  const found = scan(text);
  return (word) => {
    const index = words.get(word);
    return index === undefined ? wordScanner([word]).scan(text)[0] === 1 : found[index] === 1;
  };
}
