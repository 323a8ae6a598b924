import type { DictExpression, Expression } from "./ast.ts";
import { isComprehension, parseComprehension } from "./parse-comprehension.ts";
import { parseItem } from "./parse-list.ts";
import {
  accept,
  advance,
  endItem,
  expect,
  isListEnd,
  missingExpression,
  type Parser,
} from "./parser.ts";
import { CONDITIONAL, UNION } from "./powers.ts";
import {
  CLOSE_CURLY,
  CLOSE_PAREN,
  CLOSE_SQUARE,
  COLON,
  COMMA,
  DOUBLE_STAR,
  OPEN_PAREN,
  OPEN_SQUARE,
} from "./token-kinds.ts";

/** `(…)`, `[…]` or `{…}`; one that stays open ends with its line. */
export function parseBrackets(parser: Parser): Expression {
  switch (parser.kind) {
    case OPEN_PAREN:
      return parseParentheses(parser);
    case OPEN_SQUARE:
      return parseList(parser);
    default:
      return parseCurly(parser);
  }
}

/** The items from the one at hand to the closing bracket, which is read as well. */
function parseItems(parser: Parser, items: Expression[], closer: number): void {
  while (!isListEnd(parser.kind)) {
    if (accept(parser, COMMA)) continue;
    items.push(parseItem(parser));
    endItem(parser);
  }
  expect(parser, closer);
}

function parseParentheses(parser: Parser): Expression {
  const { start } = parser;
  advance(parser);
  if (accept(parser, CLOSE_PAREN)) {
    return { kind: "tuple", elements: [], span: { start, end: parser.previousEnd } };
  }
  const first = parseItem(parser);
  if (isComprehension(parser)) {
    const clauses = parseComprehension(parser);
    expect(parser, CLOSE_PAREN);
    const span = { start, end: parser.previousEnd };
    return {
      kind: "comprehension",
      form: "generator",
      element: first,
      key: undefined,
      clauses,
      span,
    };
  }
  const isTuple = parser.kind === COMMA;
  endItem(parser);
  const elements = [first];
  parseItems(parser, elements, CLOSE_PAREN);
  return isTuple ? { kind: "tuple", elements, span: { start, end: parser.previousEnd } } : first;
}

function parseList(parser: Parser): Expression {
  const { start } = parser;
  advance(parser);
  const elements: Expression[] = [];
  if (!isListEnd(parser.kind)) {
    const element = parseItem(parser);
    if (isComprehension(parser)) {
      const clauses = parseComprehension(parser);
      expect(parser, CLOSE_SQUARE);
      const span = { start, end: parser.previousEnd };
      return { kind: "comprehension", form: "list", element, key: undefined, clauses, span };
    }
    elements.push(element);
    endItem(parser);
  }
  parseItems(parser, elements, CLOSE_SQUARE);
  return { kind: "list", elements, span: { start, end: parser.previousEnd } };
}

function parseCurly(parser: Parser): Expression {
  const { start } = parser;
  advance(parser);
  if (parser.kind === DOUBLE_STAR || isListEnd(parser.kind)) return parseEntries(parser, start, []);
  const first = parseItem(parser);
  const isDict = accept(parser, COLON);
  const value = isDict ? parser.expression(parser, CONDITIONAL) : first;
  const key = isDict ? first : undefined;
  if (isComprehension(parser)) {
    const clauses = parseComprehension(parser);
    expect(parser, CLOSE_CURLY);
    const span = { start, end: parser.previousEnd };
    const form = isDict ? "dict" : "set";
    return { kind: "comprehension", form, element: value, key, clauses, span };
  }
  endItem(parser);
  if (isDict) return parseEntries(parser, start, [{ key: first, value }]);
  const elements = [first];
  parseItems(parser, elements, CLOSE_CURLY);
  return { kind: "set", elements, span: { start, end: parser.previousEnd } };
}

type Entry = DictExpression["entries"][number];

function parseEntries(parser: Parser, start: number, entries: Entry[]): Expression {
  while (!isListEnd(parser.kind)) {
    if (accept(parser, COMMA)) continue;
    entries.push(parseEntry(parser));
    endItem(parser);
  }
  expect(parser, CLOSE_CURLY);
  return { kind: "dict", entries, span: { start, end: parser.previousEnd } };
}

function parseEntry(parser: Parser): Entry {
  if (accept(parser, DOUBLE_STAR)) {
    return { key: undefined, value: parser.expression(parser, UNION) };
  }
  const key = parseItem(parser);
  const value = expect(parser, COLON)
    ? parser.expression(parser, CONDITIONAL)
    : missingExpression(parser);
  return { key, value };
}
