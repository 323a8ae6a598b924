import { ALIAS_GROUPS, type AliasGroup, hasBoostingName } from "../../config/parameter-aliases.ts";
import { defineRule, type Fix } from "../../engine/rule.ts";
import type { NamedValue, NamedValuesFact } from "../../facts/named-values.ts";
import { isTestPath } from "../../semantics/training-setup.ts";
import { byText } from "../../syntax/by-text.ts";
import type { CodeText } from "../../syntax/code-text.ts";

const GROUP_OF = new Map(ALIAS_GROUPS.flatMap((group) => group.names.map((name) => [name, group])));
const ANY_NAME = new RegExp(`\\b(?:${[...GROUP_OF.keys()].join("|")})\\b`, "g");

/** Whether two names of the same thing are in a text. */
function namesTwice(code: CodeText): boolean {
  const found = new Map<AliasGroup | undefined, string>();
  for (const part of code.parts) {
    for (const name of namesIn(part, code)) {
      const group = GROUP_OF.get(name);
      const other = found.get(group);
      if (other !== undefined && other !== name) return true;
      found.set(group, name);
    }
  }
  return false;
}

const namesIn = byText((text) => text.match(ANY_NAME) ?? []);

export const aliasConflict = defineRule({
  code: "NLC08",
  name: "alias-conflict",
  family: "config",
  severity: "warning",
  preview: false,
  mentions: [
    ALIAS_GROUPS.flatMap(({ names }) => names.slice(1).map((name) => `\b${name}\b`)),
    namesTwice,
  ],
  on: "namedValues",
  docs: {
    what: "Finds one parameter given under two of its names with different values, such as `lambda_l2` and `reg_lambda`, in a config, a dict or a call.",
    why: "Only one of them is used, which one depends on the library and sometimes on the order. The other value never was in effect.",
    bad: "params = {'lambda_l2': 1.0, 'reg_lambda': 0.0}\n",
    good: "params = {'lambda_l2': 1.0}\n",
    language: "python",
    limits:
      "Equal values are left alone, and values that are not known for sure. `eta`, `learning_rate` and shares are compared only among a booster's parameters. Silent in tests.",
    references: ["LightGBM, Parameters, aliases", "XGBoost Parameters, aliases"],
  },

  *check(fact, { document }) {
    // Tests of a booster give both names on purpose.
    if (isTestPath(document.path)) return;
    for (const group of ALIAS_GROUPS) {
      const found = conflictIn(group, fact);
      if (found === undefined) continue;
      const [kept, other] = found;
      yield {
        span: other.nameSpan,
        message: `\`${kept.name}\` is ${kept.value} and \`${other.name}\` is ${other.value}, but both are names of the same ${group.what}.`,
        related: [{ span: kept.nameSpan, message: "Given here under the other name." }],
        fixes: fixesFor(kept, other),
      };
    }
  },
});

/** The value to keep, and one that contradicts it. */
function conflictIn(
  { names, isBoosting }: AliasGroup,
  { values, call }: NamedValuesFact,
): readonly [NamedValue, NamedValue] | undefined {
  const given = names.flatMap((name) => values.find((value) => value.name === name) ?? []);
  const [kept] = given;
  if (kept === undefined || typeof kept.value !== "number") return undefined;
  const other = given.find(({ value }) => typeof value === "number" && value !== kept.value);
  if (other === undefined) return undefined;
  const isBooster = /^(?:xgboost|lightgbm)\./.test(call?.qualifiedName ?? "");
  const isMeant = !isBoosting || isBooster || hasBoostingName(values.map(({ name }) => name));
  return isMeant ? [kept, other] : undefined;
}

function fixesFor(kept: NamedValue, { name, removal }: NamedValue): readonly Fix[] {
  if (removal === undefined) return [];
  return [
    {
      title: `Keep \`${kept.name}\`, remove \`${name}\``,
      safety: "suggestion",
      edits: [{ span: removal, newText: "" }],
    },
  ];
}
