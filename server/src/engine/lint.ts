import { milder, type Severity } from "../../../core/protocol/severity.ts";
import type { Syntax } from "../facts/extractor.ts";
import type { Fact, FactKind, FactOf } from "../facts/facts.generated.ts";
import { RULES } from "../rules/rules.generated.ts";
import type { LintDocument } from "./document.ts";
import { extractorsFor } from "./extractors-for.ts";
import type { Finding } from "./finding.ts";
import { mentions } from "./mentions.ts";
import { type AnyRule, isForJavaScript, type Report, type RuleContext } from "./rule.ts";
import { isRuleNamed } from "./rule-selection.ts";

/** Below this a rule is not sure enough to be heard. */
const LEAST_CONFIDENCE = 0.5;
/** Below this its finding is shown one level milder. */
const FULL_CONFIDENCE = 0.8;

type FactsOf = (kind: FactKind) => readonly Fact[];

/** The facts of the document, each kind in source order, found when first asked for. */
function factsOf(document: LintDocument, syntax: Syntax): FactsOf {
  const byKind = new Map<FactKind, readonly Fact[]>();
  return (kind) => {
    const known = byKind.get(kind);
    if (known !== undefined) return known;
    const facts = extractorsFor(kind, document).flatMap((extractor) =>
      extractor.extract(syntax, document),
    );
    byKind.set(kind, facts);
    return facts;
  };
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

/** Facts that were extracted as those of one kind are all of that kind. */
function areOfKind<Kind extends FactKind>(
  kind: Kind,
  facts: readonly Fact[],
): facts is readonly FactOf<Kind>[] {
  return facts.length === 0 || facts[0]?.kind === kind;
}

/** Findings of `rules` in one parsed document, before suppressions and settings, by position. */
export function lint(
  document: LintDocument,
  syntax: Syntax,
  rules: readonly AnyRule[] = RULES,
): Finding[] {
  const allFacts = factsOf(document, syntax);
  const isRead = (rule: AnyRule) =>
    document.possibleRules?.includes(rule) ??
    ((document.language !== "javascript" || isForJavaScript(rule)) &&
      mentions(document).all(rule.mentions));
  const findingsOf = (rule: AnyRule): readonly Finding[] =>
    isRead(rule)
      ? allFacts(rule.on).flatMap((fact) =>
          [...rule.run(fact, contextFor(rule))].flatMap((report) => findingOf(rule, report)),
        )
      : [];
  const contextFor = (own: AnyRule): RuleContext => ({
    document,
    facts(kind) {
      const facts = allFacts(kind);
      return areOfKind(kind, facts) ? facts : [];
    },
    findings: (id) =>
      RULES.filter((rule) => rule.code !== own.code && isRuleNamed(id, rule)).flatMap(findingsOf),
    isRule: (id) => RULES.some((rule) => isRuleNamed(id, rule)),
  });
  return rules
    .flatMap(findingsOf)
    .sort((a, b) => a.span.start - b.span.start || (a.code < b.code ? -1 : 1));
}
