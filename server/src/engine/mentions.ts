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

type Words = readonly string[];

const GROUPS: readonly Words[] = RULES.flatMap((rule) => rule.mentions).flatMap((group) =>
  typeof group === "function" ? [] : [group],
);
const inCode = (words: Words) =>
  words.flatMap((word) => spellingsOf(word.startsWith(COMMENTED) ? word.slice(1) : word));
const inComments = (words: Words) =>
  words.flatMap((word) => (word.startsWith(COMMENTED) ? [word.slice(1)] : []));
const CODE = wordScanner(GROUPS.flatMap(inCode));
const COMMENTS = wordScanner(GROUPS.flatMap(inComments));

/** The numbers of a group's words in the two scanners; looked up once, as there are many texts. */
interface Numbers {
  readonly code: readonly number[];
  readonly comments: readonly number[];
}

const numbersIn = ({ words }: WordScanner, wanted: Words) =>
  wanted.flatMap((word) => words.get(word) ?? []);
const NUMBERS: ReadonlyMap<MentionGroup, Numbers> = new Map(
  GROUPS.map((words) => [
    words,
    { code: numbersIn(CODE, inCode(words)), comments: numbersIn(COMMENTS, inComments(words)) },
  ]),
);

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
  const codeWords = CODE.scan(code);
  const commentWords = COMMENTS.scan(comments);
  const tested = new Map<MentionGroup, boolean>();
  const has = (group: MentionGroup): boolean => {
    if (typeof group === "function") {
      // They read Python or configs. Rules share them.
      const isMet = tested.get(group) ?? (language === "javascript" || group(code));
      tested.set(group, isMet);
      return isMet;
    }
    const numbers = NUMBERS.get(group);
    // A rule that is not registered, as in a test, has words of its own.
    if (numbers === undefined)
      return holdsAny(code, inCode(group)) || holdsAny(comments, inComments(group));
    return (
      numbers.code.some((number) => codeWords[number] === 1) ||
      numbers.comments.some((number) => commentWords[number] === 1)
    );
  };
  return { code, all: (groups) => groups.every(has) };
}

const holdsAny = (text: string, words: Words) => wordScanner(words).scan(text).includes(1);
