import type { BinaryOperator, CompareExpression, CompareOperator, Expression } from "./ast.ts";
import { parseAtom } from "./parse-atom.ts";
import { parseCall } from "./parse-call.ts";
import { parseSubscript } from "./parse-subscript.ts";
import {
  accept,
  advance,
  errorAt,
  expect,
  kindAfter,
  MAX_DEPTH,
  missingExpression,
  nameOfToken,
  noteMissing,
  type Parser,
  skipItem,
} from "./parser.ts";
import {
  COMPARISON,
  CONDITIONAL,
  CONJUNCTION,
  DISJUNCTION,
  POSTFIX,
  POWER,
  POWERS,
  SIGN,
  UNION,
} from "./powers.ts";
import {
  AMPERSAND,
  AT,
  BAR,
  CARET,
  DOUBLE_SLASH,
  DOUBLE_STAR,
  ELSE,
  EQUAL_EQUAL,
  FIRST_KEYWORD,
  GREATER,
  GREATER_EQUAL,
  IN,
  IS,
  LESS,
  LESS_EQUAL,
  MINUS,
  NAME,
  NOT,
  NOT_EQUAL,
  OPEN_PAREN,
  OPEN_SQUARE,
  PERCENT,
  PLUS,
  SHIFT_LEFT,
  SHIFT_RIGHT,
  SLASH,
  STAR,
} from "./token-kinds.ts";

const BINARY: readonly (readonly [number, BinaryOperator])[] = [
  [PLUS, "+"],
  [MINUS, "-"],
  [STAR, "*"],
  [SLASH, "/"],
  [DOUBLE_SLASH, "//"],
  [PERCENT, "%"],
  [DOUBLE_STAR, "**"],
  [AT, "@"],
  [SHIFT_LEFT, "<<"],
  [SHIFT_RIGHT, ">>"],
  [AMPERSAND, "&"],
  [BAR, "|"],
  [CARET, "^"],
];
const BINARY_OPERATORS: BinaryOperator[] = [];
for (const [kind, operator] of BINARY) BINARY_OPERATORS[kind] = operator;

const COMPARE: readonly (readonly [number, CompareOperator])[] = [
  [LESS, "<"],
  [LESS_EQUAL, "<="],
  [GREATER, ">"],
  [GREATER_EQUAL, ">="],
  [EQUAL_EQUAL, "=="],
  [NOT_EQUAL, "!="],
  [IN, "in"],
  [IS, "is"],
  [NOT, "not in"],
];
const COMPARE_OPERATORS: CompareOperator[] = [];
for (const [kind, operator] of COMPARE) COMPARE_OPERATORS[kind] = operator;

/** The next binary operator; `a not b` has none. */
function powerOfNext(parser: Parser): number {
  const power = POWERS[parser.kind] ?? 0;
  return parser.kind === NOT && kindAfter(parser) !== IN ? 0 : power;
}

/**
 * Reads an expression whose operators bind at least as tightly as `power`, by precedence climbing.
 *
 * Operators to the left nest without recursion, so the height of what they build is counted too.
 */
export function parseExpression(parser: Parser, power: number): Expression {
  const { start } = parser;
  if (parser.depth >= MAX_DEPTH) {
    skipItem(parser);
    return errorAt(start, Math.max(start, parser.previousEnd));
  }
  const outer = parser.height;
  parser.depth += 1;
  parser.height = 0;
  let node = parseAtom(parser);
  let height = parser.height + 1;
  for (let next = powerOfNext(parser); next >= power && next > 0; next = powerOfNext(parser)) {
    parser.height = 0;
    node = parseInfix(parser, node, start, next);
    height = Math.max(height, parser.height) + 1;
    if (height > MAX_DEPTH) {
      node = errorAt(start, parser.previousEnd);
      height = 1;
    }
  }
  parser.height = Math.max(outer, height);
  parser.depth -= 1;
  return node;
}

/** What the operator that comes next makes of the expression before it. */
function parseInfix(parser: Parser, left: Expression, start: number, power: number): Expression {
  switch (power) {
    case POSTFIX:
      return parsePostfix(parser, left, start);
    case COMPARISON:
      return parseComparison(parser, left, start);
    case CONDITIONAL:
      return parseConditional(parser, left, start);
    case CONJUNCTION:
    case DISJUNCTION: {
      advance(parser);
      const right = parser.expression(parser, power + 1);
      const span = { start, end: parser.previousEnd };
      const operator = power === CONJUNCTION ? "and" : "or";
      return { kind: "boolean", operator, left, right, span };
    }
    default:
      return parseBinary(parser, left, start, power);
  }
}

function parsePostfix(parser: Parser, value: Expression, start: number): Expression {
  switch (parser.kind) {
    case OPEN_PAREN:
      return parseCall(parser, value, start);
    case OPEN_SQUARE:
      return parseSubscript(parser, value, start);
    default:
      return parseAttribute(parser, value, start);
  }
}

function parseBinary(parser: Parser, left: Expression, start: number, power: number): Expression {
  const operator = BINARY_OPERATORS[parser.kind] ?? "+";
  const operatorSpan = { start: parser.start, end: parser.end };
  advance(parser);
  const right = parser.expression(parser, power === POWER ? SIGN : power + 1);
  const span = { start, end: parser.previousEnd };
  return { kind: "binary", operator, operatorSpan, left, right, span };
}

function parseComparison(parser: Parser, left: Expression, start: number): Expression {
  const comparisons: CompareExpression["comparisons"][number][] = [];
  while (powerOfNext(parser) === COMPARISON) {
    const begin = parser.start;
    const first = parser.kind;
    advance(parser);
    if (first === NOT) advance(parser);
    const isNot = first === IS && accept(parser, NOT);
    const operator = isNot ? "is not" : (COMPARE_OPERATORS[first] ?? "==");
    const operatorSpan = { start: begin, end: parser.previousEnd };
    comparisons.push({ operator, operatorSpan, right: parser.expression(parser, UNION) });
  }
  return { kind: "compare", left, comparisons, span: { start, end: parser.previousEnd } };
}

function parseConditional(parser: Parser, then: Expression, start: number): Expression {
  advance(parser);
  const test = parser.expression(parser, DISJUNCTION);
  const otherwise = expect(parser, ELSE)
    ? parser.expression(parser, CONDITIONAL)
    : missingExpression(parser);
  const span = { start, end: parser.previousEnd };
  return { kind: "conditional", then, test, otherwise, span };
}

/** `value.name`; without a name while it is being typed. */
function parseAttribute(parser: Parser, value: Expression, start: number): Expression {
  const dotEnd = parser.end;
  advance(parser);
  // A keyword right behind the dot was meant as a name; on the next line it begins a statement.
  const isName = parser.kind === NAME || (parser.kind >= FIRST_KEYWORD && parser.start === dotEnd);
  const attribute = isName ? nameOfToken(parser) : "";
  const attributeSpan = isName
    ? { start: parser.start, end: parser.end }
    : { start: dotEnd, end: dotEnd };
  if (isName) advance(parser);
  else noteMissing(parser);
  const span = { start, end: parser.previousEnd };
  return { kind: "attribute", value, attribute, attributeSpan, span };
}
