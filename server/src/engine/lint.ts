import type { Syntax } from "../facts/extractor.ts";
import { EXTRACTORS, type Fact, type FactKind, type FactOf } from "../facts/facts.generated.ts";
import { RULES } from "../rules/rules.generated.ts";
import type { LintDocument } from "./document.ts";
import type { Finding } from "./finding.ts";
import type { AnyRule, RuleContext } from "./rule.ts";

/** Findings of `rules` in one parsed document, before suppressions and settings, by position. */
export function lint(
  document: LintDocument,
  syntax: Syntax,
  rules: readonly AnyRule[] = RULES,
): Finding[] {
  const byKind = new Map<FactKind, Fact[]>();
  for (const extractor of EXTRACTORS) {
    if (!extractor.languages.includes(document.language)) continue;
    for (const fact of extractor.extract(syntax, document)) {
      byKind.set(fact.kind, [...(byKind.get(fact.kind) ?? []), fact]);
    }
  }
  const isOfKind =
    <Kind extends FactKind>(kind: Kind) =>
    (fact: Fact): fact is FactOf<Kind> =>
      fact.kind === kind;
  const context: RuleContext = {
    document,
    facts: (kind) => (byKind.get(kind) ?? []).filter(isOfKind(kind)),
  };
  return rules
    .flatMap((rule) =>
      (byKind.get(rule.on) ?? []).flatMap((fact) =>
        [...rule.run(fact, context)].map(
          (report): Finding => ({
            code: rule.code,
            name: rule.name,
            family: rule.family,
            severity: report.severity ?? rule.severity,
            span: report.span,
            message: report.message,
            related: report.related ?? [],
            fixes: report.fixes ?? [],
          }),
        ),
      ),
    )
    .sort((a, b) => a.span.start - b.span.start || a.code.localeCompare(b.code));
}
