import { describe, expect, test } from "vitest";
import { rulePage, rulePageName, ruleSummary } from "../../../server/src/engine/rule-markdown.ts";
import { RULES } from "../../../server/src/rules/rules.generated.ts";

describe.each(RULES.map((rule) => [rule.code, rule] as const))("%s", (_code, rule) => {
  test("has a page whose code fences are closed", () => {
    const page = rulePage(rule);
    expect(page.split("\n").filter((line) => line.startsWith("```"))).toHaveLength(
      4 + 2 * (rule.docs.project ?? []).length + (rule.docs.javascript === undefined ? 0 : 4),
    );
    expect(page).toMatch(new RegExp(`^# ${rule.code} ${rule.name}\n\nFamily: ${rule.family} `));
    expect(page).not.toMatch(/undefined|\n{3}/);
    expect(page.endsWith("\n")).toBe(true);
  });

  test("has a summary for hovers without the bad example", () => {
    const summary = ruleSummary(rule);
    expect(summary).toContain(rule.docs.good.trimEnd());
    expect(summary).not.toContain("## ");
  });

  test("has documentation in whole sentences", () => {
    for (const text of [rule.docs.what, rule.docs.why, rule.docs.limits]) {
      expect(text).toMatch(/^[^a-z\s].*[.]$/s);
    }
    expect(rule.docs.references.length).toBeGreaterThan(0);
  });
});

test("rulePageName() is code and name", () => {
  expect(rulePageName({ code: "NL601", name: "prune-zeroes-largest" })).toBe(
    "NL601-prune-zeroes-largest.md",
  );
});
