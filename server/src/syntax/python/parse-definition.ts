import type { Expression, Statement } from "./ast.ts";
import { parseBlock } from "./parse-block.ts";
import { parseArguments } from "./parse-call.ts";
import { parseNamed } from "./parse-list.ts";
import { parseParameters } from "./parse-parameters.ts";
import {
  accept,
  advance,
  advanceLayout,
  expect,
  nameOfToken,
  type Parser,
  skipBrackets,
} from "./parser.ts";
import { CONDITIONAL } from "./powers.ts";
import {
  ARROW,
  AT,
  CLOSE_PAREN,
  INDENT,
  NAME,
  NEWLINE,
  OPEN_PAREN,
  OPEN_SQUARE,
} from "./token-kinds.ts";

interface Named {
  readonly name: string;
  readonly nameSpan: { readonly start: number; readonly end: number };
}

/** The name behind `def` or `class`, without its type parameters. */
function parseName(parser: Parser): Named | undefined {
  const { kind, start, end } = parser;
  if (!(kind === NAME)) return undefined;
  const name = nameOfToken(parser);
  advance(parser);
  if (parser.kind === OPEN_SQUARE) skipBrackets(parser);
  return { name, nameSpan: { start, end } };
}

/** Without a name there is nothing that could be referred to: only the head and the body are read. */
export function parseFunction(parser: Parser, start: number): Statement | undefined {
  advance(parser);
  const named = parseName(parser);
  const hasList = expect(parser, OPEN_PAREN);
  const parameters = hasList ? parseParameters(parser, CLOSE_PAREN) : [];
  if (hasList) expect(parser, CLOSE_PAREN);
  if (accept(parser, ARROW)) parser.expression(parser, CONDITIONAL);
  const body = parseBlock(parser);
  if (named === undefined) return undefined;
  const span = { start, end: parser.previousEnd };
  return { kind: "function", ...named, parameters, decorators: [], body, span };
}

export function parseClass(parser: Parser, start: number): Statement | undefined {
  advance(parser);
  const named = parseName(parser);
  const bases = parser.kind === OPEN_PAREN ? parseArguments(parser) : [];
  const body = parseBlock(parser);
  if (named === undefined) return undefined;
  const span = { start, end: parser.previousEnd };
  return { kind: "class", ...named, bases, decorators: [], body, span };
}

/** Decorators and the definition below them; without one they decorate nothing. */
export function parseDecorated(parser: Parser): Statement | undefined {
  const { start } = parser;
  const decorators: Expression[] = [];
  while (accept(parser, AT)) {
    decorators.push(parseNamed(parser));
    if (parser.kind === NEWLINE) advanceLayout(parser);
  }
  if (parser.kind === INDENT || parser.kind === NEWLINE) return undefined;
  const statement = parser.statement(parser);
  if (statement?.kind !== "function" && statement?.kind !== "class") return statement;
  return { ...statement, decorators, span: { start, end: statement.span.end } };
}
