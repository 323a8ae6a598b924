import { checkDocument } from "./check-document.ts";
import type { LintDocument } from "./document.ts";
import type { Finding } from "./finding.ts";
import { parse } from "./parse.ts";
import type { RuleSelection } from "./rule-selection.ts";

/** Parses and checks a document from scratch. */
export function checkText(document: LintDocument, selection: RuleSelection): Finding[] {
  return checkDocument(document, parse(document), selection);
}
