import { describe, expect, test } from "vitest";
import type { LintSettings } from "../../../core/protocol/lint-settings.ts";
import { isRuleNamed, selectRules, unknownIds } from "../../../server/src/engine/rule-selection.ts";
import { RULES } from "../../../server/src/rules/rules.generated.ts";

const codesOf = (settings: LintSettings, ignoredHere: readonly string[] = []) =>
  selectRules(settings, ignoredHere).rules.map(({ code }) => code);

describe("isRuleNamed()", () => {
  const rule = { code: "NL601", name: "prune-zeroes-largest", family: "sparsity" };

  test.each(["NL601", "nl601", "NL6", "NL", "prune-zeroes-largest", "sparsity", "all", "ALL"])(
    "%s means the rule",
    (id) => expect(isRuleNamed(id, rule)).toBe(true),
  );

  test.each(["NL602", "NLC", "NL6011", "prune", "spars", "", "L601"])("%s does not", (id) =>
    expect(isRuleNamed(id, rule)).toBe(false),
  );
});

test("preview means the rules that are new", () => {
  const rule = { code: "NL209", name: "penalised-model-on-unscaled-features", family: "scale" };
  expect(isRuleNamed("preview", { ...rule, preview: true })).toBe(true);
  expect(isRuleNamed("preview", { ...rule, preview: false })).toBe(false);
  expect(codesOf({ ignore: ["preview"] })).toEqual(
    RULES.filter(({ preview }) => !preview).map(({ code }) => code),
  );
});

describe("selectRules()", () => {
  test("takes all rules when nothing is said", () => {
    expect(codesOf({})).toEqual(RULES.map(({ code }) => code));
  });

  test("ignore beats select, a file's own ignores too", () => {
    expect(codesOf({ select: ["NL6"] })).toEqual(expect.arrayContaining(["NL601", "NL602"]));
    expect(codesOf({ select: ["NL6"] })).not.toContain("NL303");
    expect(codesOf({ select: ["NL6"], ignore: ["NL602"] })).not.toContain("NL602");
    expect(codesOf({}, ["sparsity"]).filter((code) => code.startsWith("NL6"))).toEqual([]);
  });

  test("the closest severity wins: code before beginning of codes before family before all", () => {
    const { rules, severities } = selectRules({
      severity: { all: "hint", NL6: "warning", NL601: "information", config: "off" },
    });
    expect(severities.get("NL601")).toBe("information");
    expect(severities.get("NL602")).toBe("warning");
    expect(severities.get("NL303")).toBe("hint");
    expect(rules.some(({ family }) => family === "config")).toBe(false);
  });
});

describe("unknownIds()", () => {
  test("names each id that means no rule, once", () => {
    expect(
      unknownIds({
        select: ["NL601", "NL999"],
        ignore: ["NL999", "sparsity"],
        perFileIgnores: { "*.py": ["prune-zeros-largest"] },
        severity: { NLX: "off" },
      }),
    ).toEqual(["NL999", "prune-zeros-largest", "NLX"]);
  });
});
