import { expect, test } from "vitest";
import { hasRuleFor } from "../../../server/src/engine/has-rule-for.ts";
import { RULES } from "../../../server/src/rules/rules.generated.ts";

const codesFor = (language: "python" | "yaml" | "json" | "toml", text: string) =>
  RULES.filter((rule) => hasRuleFor({ language, text }, [rule])).map(({ code }) => code);

test("hasRuleFor() leaves out rules about other languages and about what is not mentioned", () => {
  expect(codesFor("yaml", "weight_decay: 1e-2")).toContain("NLC01");
  expect(codesFor("python", "weight_decay = 1e-2")).not.toContain("NLC01");
  expect(codesFor("python", "pruned[abs(w) < t] = 0")).toContain("NL601");
  expect(codesFor("python", "x = 1")).not.toContain("NL601");
  expect(codesFor("yaml", "prune: w[abs(w) < t]")).not.toContain("NL601");
});
