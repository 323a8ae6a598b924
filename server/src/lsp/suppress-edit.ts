import { applyEdits } from "../engine/apply-fixes.ts";
import type { Language } from "../engine/document.ts";
import type { Finding } from "../engine/finding.ts";
import { type LineIndex, lineIndex } from "../engine/line-index.ts";
import { parse } from "../engine/parse.ts";
import type { Edit } from "../engine/rule.ts";
import {
  isAbout,
  type SuppressionDirective,
  silences,
  suppressionDirectives,
} from "../engine/suppression-directives.ts";
import { NO_PROJECT } from "../project/project-facts.ts";

/** The parts of a document that a comment is put into. */
interface Commentable {
  readonly uri: string;
  readonly text: string;
  readonly language: Language | undefined;
  readonly languageId: string;
  readonly lines: LineIndex;
}

/** Lines that must stay on top: interpreter, encoding, strict mode, the magic of a notebook's cell. */
const PREAMBLE = /^(#!|#.*coding[:=]|["']use \w+["'];?$|%%)/;

/** How a comment starts; `undefined` where the language has none. */
function marker({ language, languageId }: Commentable): string | undefined {
  if (language === "json") return languageId === "jsonc" ? "//" : undefined;
  return language === "javascript" ? "//" : "#";
}

function directivesOf({ uri, language }: Commentable, text: string, lines: LineIndex) {
  if (language === undefined) return [];
  const syntax = parse({ path: uri, language, text, project: NO_PROJECT });
  return suppressionDirectives(text, syntax, lines);
}

/**
 * Edit that silences a finding on its line: into a list that is there, behind the code, or above it.
 * `undefined` where no comment can stand, as within a string of several lines, and for a finding
 * about a suppression comment.
 */
export function suppressOnLine(document: Commentable, finding: Finding): Edit | undefined {
  const mark = marker(document);
  if (mark === undefined) return undefined;
  const directives = directivesOf(document, document.text, document.lines);
  if (isInDirective(finding, directives)) return undefined;
  const existing = directives.find(
    (directive) => directive.line !== undefined && isAbout(directive, finding.span, document.lines),
  );
  if (existing !== undefined) return intoList(existing, finding, document.text);
  const comment = `${mark} normlens: ignore[${finding.code}]`;
  const edits = [...behindCode(document, finding, comment), above(document, finding, comment)];
  return edits.find((edit) => isHeard(edit, document, finding));
}

/** True for a finding about a suppression comment: another such comment is no cure. */
function isInDirective({ span }: Finding, directives: readonly SuppressionDirective[]): boolean {
  return directives.some(({ comment }) => comment.start <= span.start && span.end <= comment.end);
}

function intoList({ ids, span }: SuppressionDirective, { code }: Finding, text: string): Edit {
  const hasList = text[span.end - 1] === "]";
  const at = hasList ? span.end - 1 : span.end;
  const newText = hasList ? `${ids.length === 0 ? "" : ", "}${code}` : `[${code}]`;
  return { span: { start: at, end: at }, newText };
}

/** Behind the first line of the finding, and behind its last. */
function behindCode({ text, lines }: Commentable, { span }: Finding, comment: string): Edit[] {
  const first = lines.positionAt(span.start).line;
  const last = lines.positionAt(Math.max(span.start, span.end - 1)).line;
  return [...new Set([first, last])].map((line) => {
    const { start, end } = lines.lineSpan(line);
    const at = start + text.slice(start, end).trimEnd().length;
    return { span: { start: at, end }, newText: `  ${comment}` };
  });
}

function above({ text, lines }: Commentable, { span }: Finding, comment: string): Edit {
  const { start, end } = lines.lineSpan(lines.positionAt(span.start).line);
  const code = text.slice(start, end);
  const indent = code.slice(0, code.length - code.trimStart().length);
  return { span: { start, end: start }, newText: `${indent}${comment}\n` };
}

/** True where the new text is read as a comment about the finding, and no line goes on into it. */
function isHeard(edit: Edit, document: Commentable, finding: Finding): boolean {
  const { text } = document;
  const isContinued = (end: number) => /\\\s*$/.test(text.slice(0, end));
  if (isContinued(edit.newText.endsWith("\n") ? edit.span.start : edit.span.end)) return false;
  const after = applyEdits(text, [edit]);
  const isMoved = edit.span.start <= finding.span.start;
  const by = isMoved ? edit.newText.length - (edit.span.end - edit.span.start) : 0;
  const moved = { start: finding.span.start + by, end: finding.span.end + by };
  const lines = lineIndex(after);
  return directivesOf(document, after, lines).some(
    (directive) =>
      directive.span.start >= edit.span.start &&
      directive.span.end <= edit.span.start + edit.newText.length &&
      directive.ids.some((id) => silences(id, directive, { ...finding, span: moved }, lines)),
  );
}

/** Edit that silences a rule in the whole document; none for a finding about such a comment. */
export function suppressInFile(document: Commentable, finding: Finding): Edit | undefined {
  const mark = marker(document);
  if (mark === undefined) return undefined;
  if (isInDirective(finding, directivesOf(document, document.text, document.lines))) {
    return undefined;
  }
  let line = 0;
  while (PREAMBLE.test(lineText(document, line))) line += 1;
  const { start } = document.lines.lineSpan(line);
  return {
    span: { start, end: start },
    newText: `${mark} normlens: ignore-file[${finding.code}]\n`,
  };
}

function lineText({ text, lines }: Commentable, line: number): string {
  const { start, end } = lines.lineSpan(line);
  return text.slice(start, end);
}
