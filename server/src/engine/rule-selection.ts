import type { LintSettings } from "../../../core/protocol/lint-settings.ts";
import type { Severity } from "../../../core/protocol/severity.ts";
import { RULES } from "../rules/rules.generated.ts";
import type { AnyRule } from "./rule.ts";

/** Rules that run on a document, and the severities that the user gave to some of them, by code. */
export interface RuleSelection {
  readonly rules: readonly AnyRule[];
  readonly severities: ReadonlyMap<string, Severity>;
}

type Identity = Readonly<Record<"code" | "name" | "family", string>> & {
  readonly preview?: boolean;
};

/** How closely `id` names the rule: 0 not at all, 1 `all`, 2 family or `preview`, 3 and up by code, highest exact. */
function closeness(id: string, rule: Identity): number {
  if (id === rule.name || id.toUpperCase() === rule.code) return 100;
  if (/^nl[a-z]?\d*$/i.test(id) && rule.code.startsWith(id.toUpperCase())) return 3 + id.length;
  if (id === rule.family || (id === "preview" && rule.preview === true)) return 2;
  return id.toLowerCase() === "all" ? 1 : 0;
}

/** True when `id` (code, name, family, beginning of codes, `preview`, `all`) means this rule. */
export function isRuleNamed(id: string, rule: Identity): boolean {
  return closeness(id, rule) > 0;
}

/** Applies settings to the registry. `ignoredHere` are the ids that only this file ignores. */
export function selectRules(
  settings: LintSettings,
  ignoredHere: readonly string[] = [],
  rules: readonly AnyRule[] = RULES,
): RuleSelection {
  const ignored = [...(settings.ignore ?? []), ...ignoredHere];
  const levels = Object.entries(settings.severity ?? {});
  const severities = new Map<string, Severity>();
  const chosen = rules.filter((rule) => {
    if (settings.select !== undefined && !settings.select.some((id) => isRuleNamed(id, rule))) {
      return false;
    }
    if (ignored.some((id) => isRuleNamed(id, rule))) return false;
    const level = levels
      .filter(([id]) => isRuleNamed(id, rule))
      .toSorted(([a], [b]) => closeness(b, rule) - closeness(a, rule))[0]?.[1];
    if (level !== undefined && level !== "off") severities.set(rule.code, level);
    return level !== "off";
  });
  return { rules: chosen, severities };
}

/** Ids in the settings that mean no rule at all, most likely misspelt. */
export function unknownIds(settings: LintSettings, rules: readonly AnyRule[] = RULES): string[] {
  const ids = [
    ...(settings.select ?? []),
    ...(settings.ignore ?? []),
    ...Object.values(settings.perFileIgnores ?? {}).flat(),
    ...Object.keys(settings.severity ?? {}),
  ];
  return [...new Set(ids)].filter((id) => !rules.some((rule) => isRuleNamed(id, rule)));
}
