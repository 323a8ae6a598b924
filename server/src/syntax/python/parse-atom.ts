import type { Expression } from "./ast.ts";
import { numberValue } from "./literals.ts";
import { parseBrackets } from "./parse-brackets.ts";
import { isBareListEnd, parseBareList } from "./parse-list.ts";
import { parseParameters } from "./parse-parameters.ts";
import { parseString } from "./parse-string.ts";
import {
  accept,
  advance,
  expect,
  missingExpression,
  nameOfToken,
  type Parser,
  textOfToken,
} from "./parser.ts";
import { CONDITIONAL, NEGATION, POSTFIX, SIGN } from "./powers.ts";
import {
  AWAIT,
  COLON,
  ELLIPSIS,
  FALSE,
  FROM,
  LAMBDA,
  MINUS,
  NAME,
  NONE,
  NOT,
  NUMBER,
  OPEN_CURLY,
  OPEN_PAREN,
  OPEN_SQUARE,
  PLUS,
  STRING,
  TILDE,
  TRUE,
  YIELD,
} from "./token-kinds.ts";

/** What an expression begins with: a name, a literal, something in brackets, a prefix operator. */
export function parseAtom(parser: Parser): Expression {
  const { kind, start, end } = parser;
  switch (kind) {
    case NAME: {
      const id = nameOfToken(parser);
      advance(parser);
      return { kind: "name", id, span: { start, end } };
    }
    case NUMBER: {
      const text = textOfToken(parser);
      advance(parser);
      return { kind: "number", value: numberValue(text), text, span: { start, end } };
    }
    case STRING:
      return parseString(parser);
    case OPEN_PAREN:
    case OPEN_SQUARE:
    case OPEN_CURLY:
      return parseBrackets(parser);
    case TRUE:
    case FALSE:
    case NONE:
    case ELLIPSIS:
      advance(parser);
      return { kind: "constant", value: constantValue(kind), span: { start, end } };
    default:
      return parsePrefix(parser);
  }
}

function constantValue(kind: number): true | false | null | "ellipsis" {
  if (kind === ELLIPSIS) return "ellipsis";
  return kind === NONE ? null : kind === TRUE;
}

function parsePrefix(parser: Parser): Expression {
  switch (parser.kind) {
    case NOT:
      return parseUnary(parser, "not", NEGATION);
    case MINUS:
      return parseUnary(parser, "-", SIGN);
    case PLUS:
      return parseUnary(parser, "+", SIGN);
    case TILDE:
      return parseUnary(parser, "~", SIGN);
    case AWAIT:
      return parseUnary(parser, "await", POSTFIX);
    case LAMBDA:
      return parseLambda(parser);
    case YIELD:
      return parseYield(parser);
    default:
      return missingExpression(parser);
  }
}

function parseUnary(
  parser: Parser,
  operator: "+" | "-" | "~" | "not" | "await",
  power: number,
): Expression {
  const { start } = parser;
  advance(parser);
  const operand = parser.expression(parser, power);
  return { kind: "unary", operator, operand, span: { start, end: parser.previousEnd } };
}

function parseLambda(parser: Parser): Expression {
  const { start } = parser;
  advance(parser);
  const parameters = parseParameters(parser, COLON);
  const body = expect(parser, COLON)
    ? parser.expression(parser, CONDITIONAL)
    : missingExpression(parser);
  return { kind: "lambda", parameters, body, span: { start, end: parser.previousEnd } };
}

function parseYield(parser: Parser): Expression {
  const { start } = parser;
  advance(parser);
  const isFrom = accept(parser, FROM);
  const isBare = isBareListEnd(parser.kind);
  const value = isBare && !isFrom ? undefined : parseBareList(parser);
  return { kind: "yield", value, span: { start, end: parser.previousEnd } };
}
