import type { Expression, Statement } from "./ast.ts";
import { type Lexer, noteError } from "./lexer.ts";
import {
  CLOSE_CURLY,
  CLOSE_PAREN,
  CLOSE_SQUARE,
  COMMA,
  DEDENT,
  END,
  INDENT,
  kindSet,
  NEWLINE,
  OPEN_CURLY,
  OPEN_PAREN,
  SEMICOLON,
} from "./token-kinds.ts";

/** Deeper trees are cut with `error` nodes, so that every reader of the tree may recurse. */
export const MAX_DEPTH = 300;

/** State of the parser. What begins with `token` is of the token that comes next. */
export interface Parser {
  readonly text: string;
  readonly lexer: Lexer;
  readonly errors: { start: number; end: number }[];
  /** Index of the next token. */
  at: number;
  kind: number;
  start: number;
  end: number;
  /** End of the last token that was read, line ends and indentation aside. */
  previousEnd: number;
  /** How deep the node at hand lies. */
  depth: number;
  /** Height of the highest expression that was read since somebody set it to 0. */
  height: number;
  /** Reads an expression whose operators bind at least as tightly as `power`. */
  readonly expression: (parser: Parser, power: number) => Expression;
  /** Reads a statement; undefined where there is nothing to keep. */
  readonly statement: (parser: Parser) => Statement | undefined;
}

function load(parser: Parser): void {
  const { kinds, starts, ends } = parser.lexer.tokens;
  const { at } = parser;
  parser.kind = kinds[at] ?? END;
  parser.start = starts[at] ?? 0;
  parser.end = ends[at] ?? 0;
}

/** Goes to the token with this index. */
export function moveTo(parser: Parser, at: number): void {
  parser.at = at;
  load(parser);
}

/** Reads a token of a line. */
export function advance(parser: Parser): void {
  parser.previousEnd = parser.end;
  parser.at += 1;
  load(parser);
}

/** Reads a line end or a change of indentation, which no node covers. */
export function advanceLayout(parser: Parser): void {
  parser.at += 1;
  load(parser);
}

/** Reads the token if it is of this kind. */
export function accept(parser: Parser, kind: number): boolean {
  if (parser.kind !== kind) return false;
  advance(parser);
  return true;
}

/** Reads the token, or notes that it is missing. */
export function expect(parser: Parser, kind: number): boolean {
  if (accept(parser, kind)) return true;
  noteMissing(parser);
  return false;
}

/** Kind of the token behind the next one. */
export const kindAfter = ({ lexer, at }: Parser, distance = 1) =>
  lexer.tokens.kinds[at + distance] ?? END;

export function textOfToken({ text, start, end }: Parser): string {
  return text.slice(start, end);
}

/** The name or keyword that comes next. */
export function nameOfToken({ lexer, at }: Parser): string {
  return lexer.table.names[lexer.tokens.names[at] ?? 0] ?? "";
}

/** Notes that something is missing here. */
export function noteMissing(parser: Parser): void {
  noteError(parser.errors, parser.previousEnd, parser.previousEnd);
}

export function errorAt(start: number, end = start): Expression {
  return { kind: "error", span: { start, end } };
}

/** What stands for an expression that is not there. */
export function missingExpression(parser: Parser): Expression {
  noteMissing(parser);
  return errorAt(parser.previousEnd);
}

/** Kinds that end a line, in brackets too: brackets that stay open end with their line. */
const LINE_ENDS = kindSet([NEWLINE, INDENT, DEDENT, END]);
const CLOSERS = kindSet([CLOSE_PAREN, CLOSE_SQUARE, CLOSE_CURLY]);
const ITEM_ENDS = kindSet([
  NEWLINE,
  INDENT,
  DEDENT,
  END,
  SEMICOLON,
  COMMA,
  CLOSE_PAREN,
  CLOSE_SQUARE,
  CLOSE_CURLY,
]);

export const isLineEnd = (kind: number) => LINE_ENDS[kind] === 1;
/** True where a list of expressions in brackets ends, closed or not. */
export const isListEnd = (kind: number) => LINE_ENDS[kind] === 1 || CLOSERS[kind] === 1;
const isOpener = (kind: number) => kind >= OPEN_PAREN && kind <= OPEN_CURLY;

/** Skips to the comma or bracket behind the item at hand, over brackets that it contains. */
export function skipItem(parser: Parser): void {
  const { start } = parser;
  let open = 0;
  while (!isLineEnd(parser.kind)) {
    if (open === 0 && ITEM_ENDS[parser.kind] === 1) break;
    if (isOpener(parser.kind)) open += 1;
    else if (CLOSERS[parser.kind] === 1) open -= 1;
    advance(parser);
  }
  noteError(parser.errors, start, Math.max(start, parser.previousEnd));
}

/** Where a list in brackets ought to go on or end: skips what is there instead. */
export function endItem(parser: Parser): void {
  if (parser.kind === COMMA) advance(parser);
  else if (!isListEnd(parser.kind)) {
    skipItem(parser);
    // A separator of statements ends nothing here.
    if (parser.kind === COMMA || parser.kind === SEMICOLON) advance(parser);
  }
}

/** Skips from an opening bracket behind the one that closes it. */
export function skipBrackets(parser: Parser): void {
  let open = 0;
  do {
    if (isOpener(parser.kind)) open += 1;
    else if (CLOSERS[parser.kind] === 1) open -= 1;
    advance(parser);
  } while (open > 0 && !isLineEnd(parser.kind));
}
