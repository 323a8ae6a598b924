import { checkDocument } from "./check-document.ts";
import type { LintDocument } from "./document.ts";
import type { Finding } from "./finding.ts";
import { mentions } from "./mentions.ts";
import { parse } from "./parse.ts";
import type { RuleSelection } from "./rule-selection.ts";

/** Parses and checks a document from scratch; not even parsed where no rule has anything to say. */
export function checkText(document: LintDocument, selection: RuleSelection): Finding[] {
  const mentionsAll = mentions(document.text);
  if (!selection.rules.some((rule) => mentionsAll(rule.mentions))) return [];
  return checkDocument(document, parse(document), selection);
}
