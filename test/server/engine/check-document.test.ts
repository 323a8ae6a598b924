import { expect, test } from "vitest";
import type { LintSettings } from "../../../core/protocol/lint-settings.ts";
import { checkText } from "../../../server/src/engine/check-text.ts";
import { selectRules } from "../../../server/src/engine/rule-selection.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";

function check(text: string, settings: LintSettings = {}) {
  const document = { path: "a.yaml", language: "yaml", text, project: NO_PROJECT } as const;
  return checkText(document, selectRules(settings)).map(({ code, severity }) => [code, severity]);
}

const FAULT = "lora_dropout: 5";

test("checkDocument() applies severities, selections and comments", () => {
  expect(check(FAULT)).toEqual([["NLC03", "error"]]);
  expect(check(FAULT, { severity: { NLC03: "hint" } })).toEqual([["NLC03", "hint"]]);
  expect(check(FAULT, { ignore: ["value-out-of-range"] })).toEqual([]);
  expect(check(`${FAULT}  # normlens: ignore[NLC03]`)).toEqual([]);
  expect(check(`${FAULT}  # normlens: ignore[NLC02]`)).toEqual([
    ["NLC03", "error"],
    ["NLC14", "hint"],
  ]);
});

test("checkDocument() says so where a comment asks for silence without naming a rule", () => {
  const text = `${FAULT}  # normlens: ignore`;
  const document = { path: "a.yaml", language: "yaml", text, project: NO_PROJECT } as const;
  const [finding] = checkText(document, selectRules({}));
  expect(finding?.message).toMatch(/names no rule and silences nothing: write `.*ignore\[NLC03\]`/);
});
