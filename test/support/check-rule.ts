import { expect } from "vitest";
import type { Language, LintDocument } from "../../server/src/engine/document.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { parse } from "../../server/src/engine/parse.ts";
import type { AnyRule, Edit } from "../../server/src/engine/rule.ts";
import { NO_PROJECT, type ProjectFacts } from "../../server/src/project/project-facts.ts";
import { type ProjectFile, projectOf } from "./project-of.ts";
import { unfilteredFindings } from "./unfiltered-findings.ts";

interface Options {
  readonly language?: Language;
  readonly path?: string;
  readonly project?: ProjectFacts;
  /** Other files of the workspace; the code itself is added to them. */
  readonly files?: readonly ProjectFile[];
  /** Which of the finding's fixes is applied; the first by default. */
  readonly fix?: number;
}

const EXTENSIONS = {
  python: "py",
  javascript: "ts",
  yaml: "yaml",
  json: "json",
  toml: "toml",
} as const;

export function findingsOf(rule: AnyRule, code: string, options: Options = {}) {
  const language = options.language ?? rule.docs.language;
  const path = options.path ?? rule.docs.path ?? `example.${EXTENSIONS[language]}`;
  const project =
    options.files === undefined
      ? (options.project ?? NO_PROJECT)
      : projectOf([{ path, text: code }, ...options.files]);
  const document: LintDocument = { path, language, text: code, project };
  const syntax = parse(document);
  const findings = lint(document, syntax, [rule]);
  // So every fixture of a rule also tells whether its `mentions` leave it out.
  expect(unfilteredFindings(document, syntax, [rule])).toEqual(findings);
  return findings;
}

export function applyEdits(code: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce(
      (text, { span, newText }) => text.slice(0, span.start) + newText + text.slice(span.end),
      code,
    );
}

/**
 * Runs `rule` on `marked` with its «» marks removed; the findings must cover exactly the marked
 * spans. With `fixed`, the chosen fix of every finding, applied, must give that text.
 */
export function checkRule(
  rule: AnyRule,
  marked: string,
  fixed?: string,
  options: Options = {},
): void {
  const code = marked.replaceAll(/[«»]/g, "");
  const findings = findingsOf(rule, code, options);
  const shown = applyEdits(
    code,
    findings.map(({ span }) => ({ span, newText: `«${code.slice(span.start, span.end)}»` })),
  );
  expect(shown).toBe(marked);
  if (fixed === undefined) return;
  const edits = findings.flatMap((finding) => finding.fixes[options.fix ?? 0]?.edits ?? []);
  expect(applyEdits(code, edits)).toBe(fixed);
}
