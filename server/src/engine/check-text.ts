import { checkDocument } from "./check-document.ts";
import type { LintDocument } from "./document.ts";
import type { Finding } from "./finding.ts";
import { hasRuleFor } from "./has-rule-for.ts";
import { parse } from "./parse.ts";
import type { RuleSelection } from "./rule-selection.ts";

/** Parses and checks a document from scratch; not even parsed where no rule has anything to say. */
export function checkText(document: LintDocument, selection: RuleSelection): Finding[] {
  return hasRuleFor(document, selection.rules)
    ? checkDocument(document, parse(document), selection)
    : [];
}
