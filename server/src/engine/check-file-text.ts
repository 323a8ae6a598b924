import { notebookFile } from "../syntax/notebook/notebook-file.ts";
import { checkText } from "./check-text.ts";
import type { LintDocument } from "./document.ts";
import type { Finding } from "./finding.ts";
import { isNotebook, languageOf } from "./language-of.ts";
import type { Edit } from "./rule.ts";
import type { RuleSelection } from "./rule-selection.ts";

/** A file as it lies on disk; which language it is in tells its name. */
export type FileText = Pick<LintDocument, "path" | "text" | "project" | "possibleRules">;

/**
 * Findings in a file, with spans of the file: those of a notebook are the ones of the program that
 * its code cells make. Nothing is found in files that are no notebook in spite of their name.
 */
export function checkFileText(file: FileText, selection: RuleSelection): readonly Finding[] {
  if (isNotebook(file.path)) return checkNotebook(file, selection);
  const language = languageOf(file.path);
  return language === undefined ? [] : checkText({ ...file, language }, selection);
}

function checkNotebook(file: FileText, selection: RuleSelection): readonly Finding[] {
  const notebook = notebookFile(file.text);
  if (notebook === undefined) return [];
  const { text } = notebook.cells;
  const inFile = ({ span, newText }: Edit): Edit => ({
    span: notebook.spanInFile(span),
    newText: notebook.escaped(newText),
  });
  return checkText({ ...file, text, language: "python" }, selection).map((finding) => ({
    ...finding,
    span: notebook.spanInFile(finding.span),
    cell: notebook.cells.cellAt(finding.span.start).cell + 1,
    related: finding.related.map((item) =>
      "span" in item ? { ...item, span: notebook.spanInFile(item.span) } : item,
    ),
    fixes: finding.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(inFile) })),
  }));
}
