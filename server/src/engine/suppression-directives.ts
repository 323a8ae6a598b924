import type { Span } from "../../../core/protocol/span.ts";
import { isCode, type Syntax } from "../facts/extractor.ts";
import type { LineIndex } from "./line-index.ts";
import { isRuleNamed } from "./rule-selection.ts";

/** One `normlens: ignore[…]` or `normlens: ignore-file[…]` of a comment. */
export interface SuppressionDirective {
  /** What it names; empty where the list is missing. */
  readonly ids: readonly { readonly text: string; readonly span: Span }[];
  /** The line that it speaks of; `undefined` stands for the whole file. */
  readonly line: number | undefined;
  /** From `normlens:` to the closing bracket. */
  readonly span: Span;
  readonly comment: Span;
}

const DIRECTIVE = /normlens:\s*ignore(-file)?(?![\w-])(?:\[([^\]]*)\])?/g;

type Named = Parameters<typeof isRuleNamed>[1] & { readonly span: Span };

function commentsOf(syntax: Syntax): readonly { readonly text: string; readonly span: Span }[] {
  return isCode(syntax) ? syntax.program.module.comments : syntax.tree.comments;
}

/** The ids of a list that begins at `start`. */
function idsIn(list: string, start: number): SuppressionDirective["ids"] {
  return [...list.matchAll(/[^\s,][^,]*/g)].map(({ 0: item, index }) => {
    const text = item.trimEnd();
    return { text, span: { start: start + index, end: start + index + text.length } };
  });
}

/**
 * The suppression comments of a document.
 *
 * Behind code a comment speaks of its own line; alone on a line, of the next line that is neither
 * blank nor a comment of that kind; `ignore-file` of the whole file, wherever it stands.
 */
export function suppressionDirectives(
  text: string,
  syntax: Syntax,
  lines: LineIndex,
): readonly SuppressionDirective[] {
  const ownLines = new Set<number>();
  const written = commentsOf(syntax).flatMap(({ span }) => {
    const comment = text.slice(span.start, span.end);
    const { line } = lines.positionAt(span.start);
    const before = text.slice(lines.lineSpan(line).start, span.start);
    if (before.trim() === "") ownLines.add(line);
    return [...comment.matchAll(DIRECTIVE)].map(({ 0: all, 1: forFile, 2: list, index }) => {
      const start = span.start + index;
      const end = start + all.length;
      const ids = list === undefined ? [] : idsIn(list, end - 1 - list.length);
      const isForFile = forFile !== undefined;
      return { ids, line: isForFile ? undefined : line, span: { start, end }, comment: span };
    });
  });
  return written.map((directive) => {
    let { line } = directive;
    while (line !== undefined && ownLines.has(line)) line += 1;
    return { ...directive, line };
  });
}

/** Whether the directive speaks of the place; a finding over several lines is silenced from its first or its last line. */
export function isAbout({ line }: SuppressionDirective, span: Span, lines: LineIndex): boolean {
  if (line === undefined) return true;
  if (lines.positionAt(span.start).line === line) return true;
  return lines.positionAt(Math.max(span.start, span.end - 1)).line === line;
}

/** Whether the directive names the rule of a finding that it speaks of. */
export function silences(
  id: SuppressionDirective["ids"][number],
  directive: SuppressionDirective,
  finding: Named,
  lines: LineIndex,
): boolean {
  return isRuleNamed(id.text, finding) && isAbout(directive, finding.span, lines);
}
