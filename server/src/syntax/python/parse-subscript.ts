import type { Expression } from "./ast.ts";
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
import { CONDITIONAL } from "./powers.ts";
import { CLOSE_SQUARE, COLON, COMMA, OPEN_PAREN } from "./token-kinds.ts";

/** `value[…]`, from the opening bracket on. */
export function parseSubscript(parser: Parser, value: Expression, start: number): Expression {
  advance(parser);
  const isInParentheses = parser.kind === OPEN_PAREN;
  const indices: Expression[] = [];
  if (isListEnd(parser.kind)) indices.push(missingExpression(parser));
  while (!isListEnd(parser.kind)) {
    if (accept(parser, COMMA)) continue;
    indices.push(parseIndex(parser));
    endItem(parser);
  }
  expect(parser, CLOSE_SQUARE);
  const [only] = indices;
  // `x[(i, j)]` is `x[i, j]`.
  const isTuple =
    isInParentheses && indices.length === 1 && only?.kind === "tuple" && only.elements.length > 0;
  return {
    kind: "subscript",
    value,
    indices: isTuple ? only.elements : indices,
    span: { start, end: parser.previousEnd },
  };
}

function parseIndex(parser: Parser): Expression {
  const { start } = parser;
  const lower = parser.kind === COLON ? undefined : parseItem(parser);
  if (parser.kind !== COLON) return lower ?? missingExpression(parser);
  advance(parser);
  const upper = parseBound(parser);
  const step = accept(parser, COLON) ? parseBound(parser) : undefined;
  return { kind: "slice", lower, upper, step, span: { start, end: parser.previousEnd } };
}

function parseBound(parser: Parser): Expression | undefined {
  const isAbsent = parser.kind === COLON || parser.kind === COMMA || isListEnd(parser.kind);
  return isAbsent ? undefined : parser.expression(parser, CONDITIONAL);
}
