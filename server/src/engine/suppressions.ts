import type { Span } from "../../../core/protocol/span.ts";
import type { Syntax } from "../facts/extractor.ts";
import type { Finding } from "./finding.ts";
import type { LineIndex } from "./line-index.ts";
import { isRuleNamed } from "./rule-selection.ts";

/** What the comments of a document say about a finding: `bare` asks for silence without naming a rule. */
export type Suppression = "silenced" | "bare" | "none";

interface Directive {
  readonly ids: readonly string[];
  readonly isForFile: boolean;
}

const DIRECTIVE = /normlens:\s*ignore(-file)?(?![\w-])(?:\[([^\]]*)\])?/g;

/** All `normlens: ignore[…]` and `normlens: ignore-file[…]` in one comment; no ids where the list is missing. */
function directivesIn(comment: string): Directive[] {
  return [...comment.matchAll(DIRECTIVE)].map(([, forFile, ids = ""]) => ({
    isForFile: forFile !== undefined,
    ids: ids
      .split(",")
      .map((id) => id.trim())
      .filter((id) => id !== ""),
  }));
}

function commentsOf(syntax: Syntax): readonly { readonly text: string; readonly span: Span }[] {
  return syntax.language === "python" ? syntax.program.module.comments : syntax.tree.comments;
}

/**
 * Reads the suppression comments of a document.
 *
 * Behind code a comment speaks of its own line; alone on a line, of the next line that is neither
 * blank nor a comment of that kind; `ignore-file` of the whole file, wherever it stands. A finding
 * over several lines is silenced from its first or its last line. A comment without a list silences
 * nothing, for it would also hide what is found there in years to come.
 */
export function suppressions(
  text: string,
  syntax: Syntax,
  lines: LineIndex,
): (finding: Finding) => Suppression {
  const ownLines = new Set<number>();
  const directives = commentsOf(syntax).flatMap((comment) => {
    const { line } = lines.positionAt(comment.span.start);
    const before = text.slice(lines.lineSpan(line).start, comment.span.start);
    if (before.trim() === "") ownLines.add(line);
    return directivesIn(comment.text).map((directive) => ({ ...directive, line }));
  });

  const everywhere = directives.filter(({ isForFile }) => isForFile);
  const byLine = new Map<number, Directive[]>();
  for (const directive of directives) {
    if (directive.isForFile) continue;
    let target = directive.line;
    while (ownLines.has(target)) target += 1;
    byLine.set(target, [...(byLine.get(target) ?? []), directive]);
  }

  return ({ span, ...rule }) => {
    if (directives.length === 0) return "none";
    const first = lines.positionAt(span.start).line;
    const last = lines.positionAt(Math.max(span.start, span.end - 1)).line;
    const heard = [...everywhere, ...(byLine.get(first) ?? []), ...(byLine.get(last) ?? [])];
    if (heard.some(({ ids }) => ids.some((id) => isRuleNamed(id, rule)))) return "silenced";
    return heard.some(({ ids }) => ids.length === 0) ? "bare" : "none";
  };
}
