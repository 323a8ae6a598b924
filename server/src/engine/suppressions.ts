import type { Span } from "../../../core/protocol/span.ts";
import type { Syntax } from "../facts/extractor.ts";
import type { Finding } from "./finding.ts";
import type { LineIndex } from "./line-index.ts";
import { isRuleNamed } from "./rule-selection.ts";

/** Says whether a comment of the document asks for silence about this finding. */
export type IsSuppressed = (finding: Finding) => boolean;

interface Directive {
  readonly ids: readonly string[];
  readonly isForFile: boolean;
}

const DIRECTIVE = /normlens:\s*ignore(-file)?\[([^\]]*)\]/g;

/** All `normlens: ignore[…]` and `normlens: ignore-file[…]` in one comment. */
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
 * over several lines is silenced from its first or its last line.
 */
export function suppressions(text: string, syntax: Syntax, lines: LineIndex): IsSuppressed {
  const everywhere: string[] = [];
  const byLine = new Map<number, string[]>();
  const ownLines = new Set<number>();
  const directives = commentsOf(syntax).flatMap((comment) => {
    const { line } = lines.positionAt(comment.span.start);
    const before = text.slice(lines.lineSpan(line).start, comment.span.start);
    if (before.trim() === "") ownLines.add(line);
    return directivesIn(comment.text).map((directive) => ({ ...directive, line }));
  });

  for (const { ids, isForFile, line } of directives) {
    if (isForFile) {
      everywhere.push(...ids);
      continue;
    }
    let target = line;
    while (ownLines.has(target)) target += 1;
    byLine.set(target, [...(byLine.get(target) ?? []), ...ids]);
  }

  return (finding) => {
    if (directives.length === 0) return false;
    const first = lines.positionAt(finding.span.start).line;
    const last = lines.positionAt(Math.max(finding.span.start, finding.span.end - 1)).line;
    const ids = [...everywhere, ...(byLine.get(first) ?? []), ...(byLine.get(last) ?? [])];
    return ids.some((id) => isRuleNamed(id, finding));
  };
}
