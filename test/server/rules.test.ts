import { describe, expect, test } from "vitest";
import { applyEdits } from "../../server/src/engine/apply-fixes.ts";
import { checkDocument } from "../../server/src/engine/check-document.ts";
import type { Language, LintDocument } from "../../server/src/engine/document.ts";
import { languageOf } from "../../server/src/engine/language-of.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { mentions } from "../../server/src/engine/mentions.ts";
import { parse } from "../../server/src/engine/parse.ts";
import type { AnyRule } from "../../server/src/engine/rule.ts";
import { selectRules } from "../../server/src/engine/rule-selection.ts";
import { isCode } from "../../server/src/facts/extractor.ts";
import { NO_PROJECT } from "../../server/src/project/project-facts.ts";
import { RULES } from "../../server/src/rules/rules.generated.ts";
import { isScannable } from "../../server/src/syntax/word-scanner.ts";
import { projectOf } from "../support/project-of.ts";

const EXTENSIONS = {
  python: "py",
  javascript: "ts",
  yaml: "yaml",
  json: "json",
  toml: "toml",
} as const;

interface Example {
  readonly language: Language;
  readonly bad: string;
  readonly good: string;
}

/** The examples of a rule: that of its own language, and the one in TensorFlow.js. */
const examplesOf = ({ docs }: AnyRule): readonly Example[] => [
  docs,
  ...(docs.javascript === undefined
    ? []
    : [{ language: "javascript", ...docs.javascript } as const]),
];

function documentOf({ docs }: AnyRule, language: Language, text: string): LintDocument {
  const own = language === docs.language ? docs.path : undefined;
  const path = own ?? `example.${EXTENSIONS[language]}`;
  const project =
    docs.project === undefined ? NO_PROJECT : projectOf([{ path, text }, ...docs.project]);
  return { path, language, text, project };
}

function errorCount(document: LintDocument): number {
  const syntax = parse(document);
  return isCode(syntax) ? syntax.program.module.errors.length : syntax.tree.errors.length;
}

const findingsOf = (rule: AnyRule, document: LintDocument) =>
  lint(document, parse(document), [rule]);

const EXAMPLES = RULES.flatMap((rule) =>
  examplesOf(rule).map(
    (example) => [`${rule.code} ${rule.name} in ${example.language}`, rule, example] as const,
  ),
);

describe.each(EXAMPLES)("%s", (_name, rule, example) => {
  const bad = documentOf(rule, example.language, example.bad);
  const good = documentOf(rule, example.language, example.good);

  test("reports `bad` once, on a piece of it", () => {
    const findings = findingsOf(rule, bad);
    expect(findings).toHaveLength(1);
    const [finding] = findings;
    expect(finding?.span.end).toBeGreaterThan(finding?.span.start ?? 0);
    expect(finding?.span.end).toBeLessThanOrEqual(bad.text.length);
    expect(finding?.message).toMatch(/^[`A-Z0-9].*[.?]$/s);
  });

  test("is silent on `good`, as are all other rules that call themselves errors or warnings", () => {
    expect(findingsOf(rule, good)).toEqual([]);
    const loud = checkDocument(good, parse(good), selectRules({}))
      .filter(({ severity }) => severity === "error" || severity === "warning")
      .map(({ code, message }) => `${code}: ${message}`);
    expect(loud).toEqual([]);
  });

  test("`bad` mentions what the rule asks for, in lower case", () => {
    expect(mentions(bad).all(rule.mentions)).toBe(true);
    const words = rule.mentions.flatMap((group) => (typeof group === "function" ? [] : group));
    expect(words.filter((word) => word !== word.toLowerCase() || !isScannable(word))).toEqual([]);
  });

  test("both examples parse, and so do the files beside them", () => {
    const others = (rule.docs.project ?? []).flatMap(({ path, text }) => {
      const language = languageOf(path);
      return language === undefined ? [] : [{ path, language, text, project: NO_PROJECT }];
    });
    expect([bad, good, ...others].filter((document) => errorCount(document) > 0)).toEqual([]);
  });

  test("every fix that edits `bad` parses and no longer fires", () => {
    const fixes = findingsOf(rule, bad).flatMap((finding) => finding.fixes);
    for (const { title, edits } of fixes) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      const fixed = { ...bad, text: applyEdits(bad.text, edits) };
      expect(fixed.text).not.toBe(bad.text);
      expect({ title, errors: errorCount(fixed) }).toEqual({ title, errors: 0 });
      expect({ title, findings: findingsOf(rule, fixed) }).toEqual({ title, findings: [] });
    }
  });
});

test("there are rules", () => expect(RULES.length).toBeGreaterThan(0));
