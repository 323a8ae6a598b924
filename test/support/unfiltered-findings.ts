import type { LintDocument } from "../../server/src/engine/document.ts";
import type { Finding } from "../../server/src/engine/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import type { AnyRule } from "../../server/src/engine/rule.ts";
import type { Syntax } from "../../server/src/facts/extractor.ts";

/** What rules find in a document when none is left out for the words that it mentions. */
export function unfilteredFindings(
  document: LintDocument,
  syntax: Syntax,
  rules: readonly AnyRule[],
): readonly Finding[] {
  return lint(
    document,
    syntax,
    rules.map((rule) => ({ ...rule, mentions: [] })),
  );
}
