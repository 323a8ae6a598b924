import type { Expression, NameExpression, OtherStatement, Statement } from "./ast.ts";
import { parseBlock, parseStatements } from "./parse-block.ts";
import { parseNamed, parseSubject } from "./parse-list.ts";
import {
  accept,
  advance,
  advanceLayout,
  isLineEnd,
  isListEnd,
  kindAfter,
  nameOfToken,
  type Parser,
} from "./parser.ts";
import {
  COLON,
  DOT,
  ELLIPSIS,
  EQUALS,
  FALSE,
  IF,
  INDENT,
  kindSet,
  LAMBDA,
  MINUS,
  NAME,
  NONE,
  NOT,
  NUMBER,
  OPEN_CURLY,
  OPEN_PAREN,
  OPEN_SQUARE,
  STAR,
  STRING,
  TILDE,
  TRUE,
} from "./token-kinds.ts";

const SUBJECT_STARTS = kindSet([
  NAME,
  NUMBER,
  STRING,
  OPEN_PAREN,
  OPEN_SQUARE,
  OPEN_CURLY,
  MINUS,
  TILDE,
  STAR,
  NOT,
  NONE,
  TRUE,
  FALSE,
  ELLIPSIS,
  LAMBDA,
]);

/** True if the name `match` that comes next begins a statement: its line ends in a colon. */
export function isMatch(parser: Parser): boolean {
  if (SUBJECT_STARTS[kindAfter(parser)] !== 1 || nameOfToken(parser) !== "match") return false;
  const { kinds } = parser.lexer.tokens;
  let index = parser.at + 1;
  while (!isLineEnd(kinds[index] ?? 0)) index += 1;
  return kinds[index - 1] === COLON && kinds[index + 1] === INDENT;
}

export function parseMatch(parser: Parser): OtherStatement {
  const { start } = parser;
  advance(parser);
  const expressions: Expression[] = [parseSubject(parser)];
  const bodies: (readonly Statement[])[] = [];
  const targets: NameExpression[] = [];
  accept(parser, COLON);
  // The line end and the indentation, which `isMatch` has seen.
  advanceLayout(parser);
  advanceLayout(parser);
  while (parser.kind === NAME && nameOfToken(parser) === "case") {
    advance(parser);
    parsePattern(parser, targets);
    if (accept(parser, IF)) expressions.push(parseNamed(parser));
    bodies.push(parseBlock(parser));
  }
  // What is no case has lost its head.
  const strays = parseStatements(parser);
  if (strays.length > 0) bodies.push(strays);
  const span = { start, end: parser.previousEnd };
  return { kind: "other", keyword: "match", expressions, bodies, targets, span };
}

/**
 * Collects the names that a pattern binds. In a pattern a name binds unless it is part of a path,
 * the class of `Class(…)` or the keyword of `key=…`.
 */
function parsePattern(parser: Parser, targets: NameExpression[]): void {
  let open = 0;
  let previous = 0;
  while (!isLineEnd(parser.kind)) {
    const { kind, start, end } = parser;
    if (open === 0 && (kind === COLON || kind === IF)) return;
    if (kind >= OPEN_PAREN && kind <= OPEN_CURLY) open += 1;
    else if (isListEnd(kind)) open -= 1;
    const next = kindAfter(parser);
    const isPath = previous === DOT || next === DOT || next === OPEN_PAREN || next === EQUALS;
    if (kind === NAME && !isPath) {
      targets.push({ kind: "name", id: nameOfToken(parser), span: { start, end } });
    }
    previous = kind;
    advance(parser);
  }
}
