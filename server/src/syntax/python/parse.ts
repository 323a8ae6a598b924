import type { Span } from "../../../../core/protocol/span.ts";
import type { PythonModule } from "./ast.ts";
import { noteError } from "./lexer.ts";
import { parseStatements } from "./parse-block.ts";
import { parseExpression } from "./parse-expression.ts";
import { parseStatement } from "./parse-statement.ts";
import { moveTo, type Parser } from "./parser.ts";
import { END } from "./token-kinds.ts";
import { tokenize } from "./tokenize.ts";

/**
 * Syntax of `text`. Total: any string gives a module, with what could not be read in `errors`.
 *
 * Linear in the length of the text: a version of a document is parsed from scratch.
 */
export function parsePython(text: string): PythonModule {
  const lexer = tokenize(text);
  const parser: Parser = {
    text,
    lexer,
    errors: [],
    at: 0,
    kind: END,
    start: 0,
    end: 0,
    previousEnd: 0,
    depth: 0,
    height: 0,
    expression: parseExpression,
    statement: parseStatement,
  };
  moveTo(parser, 0);
  const body = parseStatements(parser, true);
  return {
    text,
    body,
    comments: lexer.comments.map((span) => ({ text: text.slice(span.start + 1, span.end), span })),
    errors: inOrder(lexer.errors, parser.errors),
  };
}

/** All places that could not be read, each once. */
function inOrder(ofLexer: readonly Span[], ofParser: readonly Span[]): Span[] {
  const errors: { start: number; end: number }[] = [];
  const all = ofLexer.concat(ofParser).sort((a, b) => a.start - b.start);
  for (const { start, end } of all) noteError(errors, start, end);
  return errors;
}
