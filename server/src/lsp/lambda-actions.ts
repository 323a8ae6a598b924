import type { Span } from "../../../core/protocol/span.ts";
import { experimentRewrites } from "../config/experiment-rewrites.ts";
import type { Edit } from "../engine/rule.ts";
import { isCode, type Syntax } from "../facts/extractor.ts";
import { lambdaNotes } from "../lambda/lambda-notes.ts";
import { lambdaRewrites } from "../semantics/lambda-rewrites.ts";
import { programIndex } from "../semantics/program-index.ts";
import type { OpenLambda } from "./lambdas.ts";
import type { SourceDocument } from "./source-document.ts";

/** A way to write a λ otherwise, for the menu of refactorings. */
export interface LambdaAction {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/**
 * *Convert λ to…*: calls and entries that say exactly the same with another API or convention, then
 * comments that tell the number for code that stands elsewhere.
 */
export function lambdaActions(
  document: SourceDocument,
  syntax: Syntax,
  lambda: OpenLambda,
): readonly LambdaAction[] {
  return [...rewrites(syntax, lambda), ...notes(document, syntax, lambda)];
}

/** Softmax over several classes is one loss, one against the rest are several. */
const TWO_CLASSES: ReadonlySet<string> = new Set([
  "sklearn-logistic-regression",
  "sklearn-sgd-logistic",
]);

function rewrites(syntax: Syntax, { fact }: OpenLambda): readonly LambdaAction[] {
  // Code of other libraries cannot stand in JavaScript.
  if (syntax.language === "javascript") return [];
  if (isCode(syntax)) {
    return lambdaRewrites(fact, syntax.program).map(({ code, edits, to }) => ({
      title: `Convert λ to \`${code}\`${TWO_CLASSES.has(to.id) ? ", the same for two classes" : ""}`,
      edits,
    }));
  }
  if (!fact.convention.startsWith("written-")) return [];
  return experimentRewrites(syntax.tree, fact.span).map(({ convention, lambda, edits }) => ({
    title: `Convert λ to \`convention: ${convention}\` with \`lambda: ${lambda}\``,
    edits,
  }));
}

function notes(
  document: SourceDocument,
  syntax: Syntax,
  { fact, described }: OpenLambda,
): readonly LambdaAction[] {
  const place = commentPlace(document, syntax, fact.span);
  if (place === undefined) return [];
  const { at, indentation } = place;
  const mark = document.language === "javascript" ? "//" : "#";
  return lambdaNotes(described).map(({ framework, text }) => {
    const newText = `${indentation}${mark} The same λ, ${framework}: ${text}\n`;
    return {
      title: `Convert λ to ${framework} in a comment: ${text}`,
      edits: [{ span: { start: at, end: at }, newText }],
    };
  });
}

/** Start of the line above which a comment may stand, and its indentation; JSON has no comments. */
function commentPlace(
  document: SourceDocument,
  syntax: Syntax,
  span: Span,
): { readonly at: number; readonly indentation: string } | undefined {
  const { language, lines, text } = document;
  if (language === undefined || language === "json") return undefined;
  const { line } = lines.positionAt(statementAround(syntax, span) ?? span.start);
  const { start, end } = lines.lineSpan(line);
  const isContinued =
    line > 0 &&
    text
      .slice(lines.lineSpan(line - 1).start, start)
      .trimEnd()
      .endsWith("\\");
  if (isContinued) return undefined;
  return { at: start, indentation: /^[ \t]*/.exec(text.slice(start, end))?.[0] ?? "" };
}

/** Start of the innermost statement, so that no comment comes into a text of several lines. */
function statementAround(syntax: Syntax, span: Span): number | undefined {
  if (!isCode(syntax)) return undefined;
  return programIndex(syntax.program)
    .statements.filter(({ statement }) => {
      const { start, end } = statement.span;
      return start <= span.start && span.end <= end;
    })
    .at(-1)?.statement.span.start;
}
