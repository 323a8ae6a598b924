import { RULES } from "../rules/rules.generated.ts";
import { isTensorFlowCode } from "../syntax/javascript/is-tensorflow-code.ts";
import type { LintDocument } from "./document.ts";
import { extractorsFor } from "./extractors-for.ts";
import { mentions } from "./mentions.ts";
import { type AnyRule, isForJavaScript } from "./rule.ts";
import { MOST_CHARACTERS } from "./size-limits.ts";

type Unparsed = Pick<LintDocument, "language" | "text" | "bytes" | "possibleRules">;

/** Whether one of `rules` may have something to say of a document, told without parsing it. */
export function hasRuleFor(document: Unparsed, rules: readonly AnyRule[]): boolean {
  return rules.some(possibility(document));
}

/** All rules that may have something to say of a document, selected or not. */
export function possibleRules(document: Unparsed): readonly AnyRule[] {
  return document.possibleRules ?? RULES.filter(possibility(document));
}

/** Tells the rules that may have something to say from the others. */
function possibility(document: Unparsed): (rule: AnyRule) => boolean {
  const { possibleRules: told } = document;
  if (told !== undefined) return (rule) => told.includes(rule);
  const isScript = document.language === "javascript";
  if (isTooLong(document) || (isScript && !isTensorFlowCode(document.text))) return () => false;
  const { all } = mentions(document);
  const known = new Map<string, boolean>();
  const hasFacts = (kind: AnyRule["on"]): boolean => {
    const isKnown = known.get(kind) ?? extractorsFor(kind, document).length > 0;
    known.set(kind, isKnown);
    return isKnown;
  };
  return (rule) => (!isScript || isForJavaScript(rule)) && all(rule.mentions) && hasFacts(rule.on);
}

function isTooLong(document: Unparsed): boolean {
  const most = MOST_CHARACTERS[document.language];
  // A text has no more characters than bytes.
  const isShort = document.bytes !== undefined && document.bytes.length <= most;
  return !isShort && document.text.length > most;
}
