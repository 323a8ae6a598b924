import { EXTRACTORS } from "../facts/facts.generated.ts";
import { RULES } from "../rules/rules.generated.ts";
import { type CodeText, codeText } from "../syntax/code-text.ts";
import { operatorWords } from "../syntax/operator-words.ts";
import { codeParts } from "../syntax/python/code-parts.ts";
import { wordScanner } from "../syntax/word-scanner.ts";
import type { LintDocument } from "./document.ts";
import type { MentionGroup } from "./rule.ts";

/** What is known of a document before it is parsed. */
export interface Mentions {
  /** Whether the document has something of each group. */
  all(groups: readonly MentionGroup[]): boolean;
}

const OPERATORS: ReadonlyMap<string, readonly string[]> = new Map(
  ["**", "@"].map((sign) => [sign, operatorWords(sign)]),
);

/** What to look for in place of a rule's word. */
const spellingsOf = (word: string): readonly string[] => OPERATORS.get(word) ?? [word];

/** Before words that may as well stand in a comment. */
const COMMENTED = "#";

type Words = readonly string[];

const inCode = (words: Words) =>
  words.flatMap((word) => spellingsOf(word.startsWith(COMMENTED) ? word.slice(1) : word));
const inComments = (words: Words) =>
  words.flatMap((word) => (word.startsWith(COMMENTED) ? [word.slice(1)] : []));

/** Tells of many groups of words in one pass which a text has one word of. */
function groupScanner(groups: readonly Words[]) {
  const scanner = wordScanner(groups.flat());
  const groupsOf = [...scanner.words.keys()].map((word) =>
    groups.flatMap((words, group) => (words.includes(word) ? [group] : [])),
  );
  return (text: Uint8Array, has: Uint8Array): void => {
    scanner.scan(text).forEach((isFound, word) => {
      if (isFound === 1) for (const group of groupsOf[word] ?? []) has[group] = 1;
    });
  };
}

const GROUPS: readonly Words[] = [
  ...RULES.flatMap((rule) => rule.mentions),
  ...EXTRACTORS.flatMap(({ pythonMentions }) => pythonMentions ?? []),
].flatMap((group) => (typeof group === "function" ? [] : [group]));
const NUMBERS: ReadonlyMap<MentionGroup, number> = new Map(
  GROUPS.map((words, number) => [words, number]),
);
const scanCode = groupScanner(GROUPS.map(inCode));
const scanComments = groupScanner(GROUPS.map(inComments));

type Mentioning = Pick<LintDocument, "language" | "text" | "bytes">;

const known = new WeakMap<Mentioning, Mentions>();

/** What a document mentions; all rules share one pass over it. */
export function mentions(document: Mentioning): Mentions {
  const found = known.get(document) ?? mentionsIn(document);
  known.set(document, found);
  return found;
}

const ENCODER = new TextEncoder();
const NOTHING = new Uint8Array();

function partsOf(document: Mentioning): { code: CodeText; comments: Uint8Array } {
  const source = document.bytes ?? ENCODER.encode(document.text);
  const parts =
    document.language === "python" ? codeParts(source) : { code: source, comments: NOTHING };
  // Who has the bytes has read them from a file.
  const isEdited = document.language === "python" && document.bytes === undefined;
  return { code: codeText(parts.code, isEdited), comments: parts.comments };
}

function mentionsIn(document: Mentioning): Mentions {
  const { code, comments } = partsOf(document);
  const hasGroup = new Uint8Array(GROUPS.length);
  scanCode(code.bytes, hasGroup);
  scanComments(comments, hasGroup);
  const tested = new Map<MentionGroup, boolean>();
  const has = (group: MentionGroup): boolean => {
    if (typeof group === "function") {
      // They read Python or configs. Rules share them.
      const isMet = tested.get(group) ?? (document.language === "javascript" || group(code));
      tested.set(group, isMet);
      return isMet;
    }
    const number = NUMBERS.get(group);
    // A rule that is not registered, as in a test, has words of its own.
    if (number === undefined)
      return holdsAny(code.bytes, inCode(group)) || holdsAny(comments, inComments(group));
    return hasGroup[number] === 1;
  };
  return { all: (groups) => groups.every(has) };
}

const holdsAny = (text: Uint8Array, words: Words) => wordScanner(words).scan(text).includes(1);
