// What is told of a text before it is parsed must never cost a finding.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { checkText } from "../../../server/src/engine/check-text.ts";
import type { LintDocument } from "../../../server/src/engine/document.ts";
import { hasRuleFor } from "../../../server/src/engine/has-rule-for.ts";
import { languageOf } from "../../../server/src/engine/language-of.ts";
import { lint } from "../../../server/src/engine/lint.ts";
import { mentions } from "../../../server/src/engine/mentions.ts";
import { parse } from "../../../server/src/engine/parse.ts";
import { selectRules } from "../../../server/src/engine/rule-selection.ts";
import { EXTRACTORS } from "../../../server/src/facts/facts.generated.ts";
import { NO_PROJECT } from "../../../server/src/project/project-facts.ts";
import { RULES } from "../../../server/src/rules/rules.generated.ts";
import { projectOf } from "../../support/project-of.ts";
import { unfilteredFindings } from "../../support/unfiltered-findings.ts";

const ROOT = path.join(import.meta.dirname, "../../..");
const EXTENSIONS = { python: "py", yaml: "yaml", json: "json", toml: "toml" } as const;

function documentsOfRules(): readonly LintDocument[] {
  return RULES.flatMap(({ docs }) => {
    const { language, project: others = [] } = docs;
    const name = docs.path ?? `example.${EXTENSIONS[language]}`;
    const texts = [docs.bad, docs.good].map((text) => {
      const project =
        others.length === 0 ? NO_PROJECT : projectOf([{ path: name, text }, ...others]);
      return { path: name, language, text, project };
    });
    const scripts =
      docs.javascript === undefined ? [] : [docs.javascript.bad, docs.javascript.good];
    return [
      ...texts,
      ...scripts.map((text) => {
        return { path: "a.ts", language: "javascript", text, project: NO_PROJECT } as const;
      }),
    ];
  });
}

function documentsUnder(folder: string): readonly LintDocument[] {
  const names = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" });
  return names.flatMap((name) => {
    const language = languageOf(name);
    if (language === undefined) return [];
    const text = readFileSync(path.join(ROOT, folder, name), "utf8");
    return [{ path: name, language, text, project: NO_PROJECT }];
  });
}

/** Other ways to write the same program, and some that break it. */
const FORMS: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "with lines that end in two characters": (text) => text.replaceAll("\n", "\r\n"),
  "indented by tabs": (text) => text.replaceAll("    ", "\t"),
  "without spaces around operators": (text) =>
    text.replaceAll(/ (\*\*|[-+*/@=<>]|[-+*/]=) /g, "$1"),
  "with spaces around equal signs": (text) => text.replaceAll(/(?<=\w)=(?=\w)/g, " = "),
  "an argument a line": (text) => text.replaceAll(/, (?=[^\n]*\))/g, ",\n        "),
  "opened before the arguments": (text) => text.replaceAll(/(?<=\w)\((?=\w)/g, "(\n        "),
  "with semicolons": (text) => text.replaceAll(/(?<=\))\n(?=\w)/g, "; "),
  "with comments": (text) => text.replaceAll(/(?<=\))\n/g, "  # \"a\" 'b'\n"),
  "with docstrings": (text) =>
    text.replaceAll(/:\n( +)/g, ':\n$1"""Says \\"what\\" it does."""\n$1'),
  "in a function": (text) => `def main(self):\n${text.replaceAll(/^(?=.)/gm, "    ")}`,
  "with a function within": (text) =>
    text.replaceAll(/(?<=def [^\n]*):\n( +)(?=\w)/g, ":\n$1def inner():\n$1    pass\n\n$1"),
  "with other aliases": (text) =>
    text.replaceAll(/\bnp\b/g, "xp").replaceAll(/\bimport torch$/gm, "import torch as torch"),
  "without its end": (text) => text.slice(0, Math.floor(text.length * 0.8)),
  twice: (text) => `${text}\n\n${text}`,
};

const shown = (document: LintDocument, findings: ReturnType<typeof lint>) =>
  findings.map(({ code, span, message }) => `${document.path} ${code} ${span.start} ${message}`);

const DOCUMENTS = [
  ...documentsOfRules(),
  ...documentsUnder("examples"),
  ...documentsUnder("test/fixtures"),
];

describe.each(Object.entries(FORMS))("written %s", (_name, form) => {
  test("a text has the findings that it has when no rule is left out", () => {
    for (const original of DOCUMENTS) {
      const document = { ...original, text: form(original.text) };
      const syntax = parse(document);
      const all = shown(document, [...unfilteredFindings(document, syntax, RULES)]);
      const possible = RULES.filter((rule) => hasRuleFor(document, [rule]));
      expect(shown(document, possible.length === 0 ? [] : lint(document, syntax))).toEqual(all);
      expect(shown(document, lint({ ...document, possibleRules: possible }, syntax))).toEqual(all);
      const missed = all.filter((line) => !possible.some(({ code }) => line.includes(` ${code} `)));
      expect(missed).toEqual([]);
    }
  });

  test("an extractor finds nothing where its words are missing", () => {
    for (const original of DOCUMENTS) {
      const document = { ...original, text: form(original.text) };
      if (document.language !== "python") continue;
      const idle = EXTRACTORS.filter(
        ({ pythonMentions = [] }) => !mentions(document).all(pythonMentions),
      );
      const syntax = idle.length === 0 ? undefined : parse(document);
      const found = idle.flatMap(({ kind, extract }) =>
        syntax === undefined || extract(syntax, document).length === 0 ? [] : [kind],
      );
      expect({ text: document.text, found }).toEqual({ text: document.text, found: [] });
    }
  });
});

test("the documents have findings of every rule", () => {
  const found = new Set(
    DOCUMENTS.flatMap((document) => checkText(document, selectRules({}))).map(({ code }) => code),
  );
  expect(RULES.map(({ code }) => code).filter((code) => !found.has(code))).toEqual([]);
});
