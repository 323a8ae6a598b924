import type { Argument, CallExpression, Expression } from "./ast.ts";
import { isComprehension, parseComprehension } from "./parse-comprehension.ts";
import { parseNamed } from "./parse-list.ts";
import {
  accept,
  advance,
  endItem,
  expect,
  isListEnd,
  kindAfter,
  nameOfToken,
  type Parser,
} from "./parser.ts";
import { CONDITIONAL } from "./powers.ts";
import {
  CLOSE_PAREN,
  COMMA,
  DOUBLE_STAR,
  EQUALS,
  FIRST_KEYWORD,
  NAME,
  STAR,
} from "./token-kinds.ts";

/** `callee(…)`, from the opening bracket on. */
export function parseCall(parser: Parser, callee: Expression, start: number): CallExpression {
  const open = parser.start;
  const list = parseArguments(parser);
  const end = parser.previousEnd;
  return {
    kind: "call",
    callee,
    arguments: list,
    argumentsSpan: { start: open, end },
    span: { start, end },
  };
}

/** Arguments in their brackets. */
export function parseArguments(parser: Parser): Argument[] {
  advance(parser);
  const list: Argument[] = [];
  while (!isListEnd(parser.kind)) {
    if (accept(parser, COMMA)) continue;
    const { at } = parser;
    const argument = parseArgument(parser);
    if (parser.at > at) list.push(argument);
    endItem(parser);
  }
  expect(parser, CLOSE_PAREN);
  return list;
}

function parseArgument(parser: Parser): Argument {
  const { kind, start, end } = parser;
  if (kind === STAR || kind === DOUBLE_STAR) {
    advance(parser);
    const value = parser.expression(parser, CONDITIONAL);
    const splat = kind === STAR ? "*" : "**";
    const span = { start, end: parser.previousEnd };
    return { name: undefined, nameSpan: undefined, splat, value, span };
  }
  if ((kind === NAME || kind >= FIRST_KEYWORD) && kindAfter(parser) === EQUALS) {
    const name = nameOfToken(parser);
    advance(parser);
    advance(parser);
    const value = parser.expression(parser, CONDITIONAL);
    const span = { start, end: parser.previousEnd };
    return { name, nameSpan: { start, end }, splat: "none", value, span };
  }
  const value = parsePositional(parser, start);
  const span = { start, end: parser.previousEnd };
  return { name: undefined, nameSpan: undefined, splat: "none", value, span };
}

function parsePositional(parser: Parser, start: number): Expression {
  const element = parseNamed(parser);
  if (!isComprehension(parser)) return element;
  const clauses = parseComprehension(parser);
  const span = { start, end: parser.previousEnd };
  return { kind: "comprehension", form: "generator", element, key: undefined, clauses, span };
}
