import type { Statement } from "./ast.ts";
import { noteError } from "./lexer.ts";
import {
  accept,
  advance,
  advanceLayout,
  isLineEnd,
  kindAfter,
  MAX_DEPTH,
  moveTo,
  noteMissing,
  type Parser,
} from "./parser.ts";
import { COLON, DEDENT, END, INDENT, NEWLINE } from "./token-kinds.ts";

/** Statements up to the end of their block, which is read as well, or to that of the text. */
export function parseStatements(parser: Parser, isModule = false): Statement[] {
  const statements: Statement[] = [];
  // Blocks without a head: their statements belong to the block around.
  let strays = 0;
  for (;;) {
    switch (parser.kind) {
      case END:
        return statements;
      case NEWLINE:
        advanceLayout(parser);
        break;
      case INDENT:
        noteError(parser.errors, parser.start, parser.end);
        advanceLayout(parser);
        strays += 1;
        break;
      case DEDENT:
        advanceLayout(parser);
        if (strays === 0 && !isModule) return statements;
        strays = Math.max(0, strays - 1);
        break;
      default:
        pushStatement(parser, statements);
    }
  }
}

function pushStatement(parser: Parser, statements: Statement[]): void {
  const statement = parser.statement(parser);
  if (statement !== undefined) statements.push(statement);
}

/** The block behind the head of a statement, from its colon on; empty where there is none. */
export function parseBlock(parser: Parser): Statement[] {
  if (!accept(parser, COLON)) {
    noteMissing(parser);
    skipHead(parser);
    accept(parser, COLON);
  }
  if (parser.depth >= MAX_DEPTH) {
    skipBlock(parser);
    return [];
  }
  parser.depth += 1;
  const statements = parser.kind === NEWLINE ? parseIndented(parser) : parseLine(parser);
  parser.depth -= 1;
  return statements;
}

function parseIndented(parser: Parser): Statement[] {
  advanceLayout(parser);
  if (parser.kind !== INDENT) {
    noteMissing(parser);
    return [];
  }
  advanceLayout(parser);
  return parseStatements(parser);
}

/** Statements on the line of the head, whose end is read as well. */
function parseLine(parser: Parser): Statement[] {
  const statements: Statement[] = [];
  while (!isLineEnd(parser.kind)) {
    pushStatement(parser, statements);
    // A block among them has read the line's end already.
    if (isLineEnd(kindAfter(parser, -1))) return statements;
  }
  if (parser.kind === NEWLINE) advanceLayout(parser);
  return statements;
}

/** Skips to the colon of a head that could not be read, or to the end of its line. */
function skipHead(parser: Parser): void {
  const { start } = parser;
  while (parser.kind !== COLON && parser.kind !== NEWLINE && parser.kind !== END) advance(parser);
  if (parser.start > start) noteError(parser.errors, start, parser.previousEnd);
}

function skipBlock(parser: Parser): void {
  const { start, lexer } = parser;
  const { kinds } = lexer.tokens;
  let { at } = parser;
  while (!isLineEnd(kinds[at] ?? END)) at += 1;
  if (kinds[at] === NEWLINE) at += 1;
  let open = 0;
  while (kinds[at] !== END && (open > 0 || kinds[at] === INDENT)) {
    if (kinds[at] === INDENT) open += 1;
    else if (kinds[at] === DEDENT) open -= 1;
    at += 1;
  }
  moveTo(parser, at);
  noteError(parser.errors, start, Math.max(start, parser.start));
}
