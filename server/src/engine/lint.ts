import { milder, type Severity } from "../../../core/protocol/severity.ts";
import type { Syntax } from "../facts/extractor.ts";
import { EXTRACTORS, type Fact, type FactKind, type FactOf } from "../facts/facts.generated.ts";
import { RULES } from "../rules/rules.generated.ts";
import type { LintDocument } from "./document.ts";
import type { Finding } from "./finding.ts";
import type { AnyRule, Report, RuleContext } from "./rule.ts";

/** Below this a rule is not sure enough to be heard. */
const LEAST_CONFIDENCE = 0.5;
/** Below this its finding is shown one level milder. */
const FULL_CONFIDENCE = 0.8;

type FactsByKind = ReadonlyMap<FactKind, readonly Fact[]>;

/** All facts of the document, by kind, each kind in source order. */
function extractFacts(document: LintDocument, syntax: Syntax): FactsByKind {
  const byKind = new Map<FactKind, Fact[]>();
  for (const extractor of EXTRACTORS) {
    if (!extractor.languages.includes(document.language)) continue;
    for (const fact of extractor.extract(syntax, document)) {
      const facts = byKind.get(fact.kind);
      if (facts === undefined) byKind.set(fact.kind, [fact]);
      else facts.push(fact);
    }
  }
  return byKind;
}

function ruleContext(document: LintDocument, byKind: FactsByKind): RuleContext {
  const isOfKind =
    <Kind extends FactKind>(kind: Kind) =>
    (fact: Fact): fact is FactOf<Kind> =>
      fact.kind === kind;
  return { document, facts: (kind) => (byKind.get(kind) ?? []).filter(isOfKind(kind)) };
}

/** `undefined` when the rule is not sure enough. */
function severityOf(rule: AnyRule, report: Report): Severity | undefined {
  const confidence = report.confidence ?? 1;
  if (!(confidence >= LEAST_CONFIDENCE)) return undefined;
  const severity = report.severity ?? rule.severity;
  return confidence < FULL_CONFIDENCE ? milder(severity) : severity;
}

function findingOf(rule: AnyRule, report: Report): readonly Finding[] {
  const severity = severityOf(rule, report);
  if (severity === undefined) return [];
  const { span, message, related = [], fixes = [] } = report;
  const { code, name, family } = rule;
  return [{ code, name, family, severity, span, message, related, fixes }];
}

/** Findings of `rules` in one parsed document, before suppressions and settings, by position. */
export function lint(
  document: LintDocument,
  syntax: Syntax,
  rules: readonly AnyRule[] = RULES,
): Finding[] {
  const byKind = extractFacts(document, syntax);
  const context = ruleContext(document, byKind);
  return rules
    .flatMap((rule) =>
      (byKind.get(rule.on) ?? []).flatMap((fact) =>
        [...rule.run(fact, context)].flatMap((report) => findingOf(rule, report)),
      ),
    )
    .sort((a, b) => a.span.start - b.span.start || (a.code < b.code ? -1 : 1));
}
