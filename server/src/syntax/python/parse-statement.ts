import type { BinaryOperator, Expression, NameExpression, Statement } from "./ast.ts";
import { noteError } from "./lexer.ts";
import { parseFor, parseIf, parseTry, parseWhile, parseWith } from "./parse-compound.ts";
import { parseClass, parseDecorated, parseFunction } from "./parse-definition.ts";
import { parseFrom, parseImport } from "./parse-import.ts";
import { isBareListEnd, parseBareList, parseNamed } from "./parse-list.ts";
import { isMatch, parseMatch } from "./parse-match.ts";
import {
  accept,
  advance,
  isLineEnd,
  kindAfter,
  missingExpression,
  nameOfToken,
  type Parser,
  skipBrackets,
  textOfToken,
} from "./parser.ts";
import { CONDITIONAL } from "./powers.ts";
import {
  ASSERT,
  ASYNC,
  AT,
  AUGMENTED,
  BREAK,
  CLASS,
  COLON,
  COMMA,
  CONTINUE,
  DEF,
  DEL,
  EQUALS,
  FOR,
  FROM,
  GLOBAL,
  IF,
  IMPORT,
  kindSet,
  NAME,
  NONLOCAL,
  NUMBER,
  OPEN_SQUARE,
  PASS,
  RAISE,
  RETURN,
  SEMICOLON,
  STRING,
  TRY,
  WALRUS,
  WHILE,
  WITH,
} from "./token-kinds.ts";

/** Reads a statement that begins with the next token; `undefined` where there is nothing to keep. */
export function parseStatement(parser: Parser): Statement | undefined {
  const { start } = parser;
  switch (parser.kind) {
    case IF:
      return parseIf(parser);
    case FOR:
      return parseFor(parser, start);
    case WHILE:
      return parseWhile(parser, start);
    case WITH:
      return parseWith(parser, start);
    case TRY:
      return parseTry(parser, start);
    case DEF:
      return parseFunction(parser, start);
    case CLASS:
      return parseClass(parser, start);
    case AT:
      return parseDecorated(parser);
    case ASYNC:
      return parseAsync(parser, start);
    default:
      if (parser.kind === NAME && isMatch(parser)) return parseMatch(parser);
      return parseSimpleLine(parser);
  }
}

/** `async def`, `async for`, `async with`. */
function parseAsync(parser: Parser, start: number): Statement | undefined {
  const next = kindAfter(parser);
  if (next !== DEF && next !== FOR && next !== WITH) return parseSimpleLine(parser);
  advance(parser);
  if (next === DEF) return parseFunction(parser, start);
  return next === FOR ? parseFor(parser, start) : parseWith(parser, start);
}

/** A simple statement and what separates it from the next one. */
function parseSimpleLine(parser: Parser): Statement | undefined {
  const { at, start } = parser;
  const statement = parseSimple(parser);
  if (parser.at === at) {
    // Nothing begins with this token: the line goes on behind it.
    advance(parser);
    noteError(parser.errors, start, parser.previousEnd);
    return undefined;
  }
  if (parser.kind === SEMICOLON) advance(parser);
  else if (!isLineEnd(parser.kind)) noteError(parser.errors, parser.start, parser.start);
  return statement;
}

function parseSimple(parser: Parser): Statement {
  const { start } = parser;
  switch (parser.kind) {
    case RETURN:
      return parseReturn(parser);
    case IMPORT:
      return parseImport(parser);
    case FROM:
      return parseFrom(parser);
    case PASS:
    case BREAK:
    case CONTINUE:
      return parseKeyword(parser, false);
    case RAISE:
    case ASSERT:
      return parseKeyword(parser, false);
    case DEL:
    case GLOBAL:
    case NONLOCAL:
      return parseKeyword(parser, true);
    case NAME: {
      const isWord = WORD_FOLLOWERS[kindAfter(parser)] === 1;
      if (isWord && nameOfToken(parser) === "print") return parseKeyword(parser, false);
      if (isWord && isTypeAlias(parser)) return parseTypeAlias(parser);
      return parseExpressionStatement(parser, start);
    }
    default:
      return parseExpressionStatement(parser, start);
  }
}

/** What stands behind `print` as a statement of Python 2, or behind `type` in an alias. */
const WORD_FOLLOWERS = kindSet([NAME, STRING, NUMBER]);

function parseReturn(parser: Parser): Statement {
  const { start } = parser;
  advance(parser);
  const value = isBareListEnd(parser.kind) ? undefined : parseBareList(parser);
  return { kind: "return", value, span: { start, end: parser.previousEnd } };
}

/** A keyword and expressions; `isBinding` where its operands are names that it binds or unbinds. */
function parseKeyword(parser: Parser, isBinding: boolean): Statement {
  const { start } = parser;
  const keyword = nameOfToken(parser);
  advance(parser);
  const expressions: Expression[] = [];
  const targets: NameExpression[] = [];
  while (!isBareListEnd(parser.kind) && parser.kind !== FROM) {
    const operand = parseNamed(parser);
    if (isBinding && operand.kind === "name") targets.push(operand);
    else expressions.push(operand);
    if (!accept(parser, COMMA)) break;
  }
  if (accept(parser, FROM)) expressions.push(parser.expression(parser, CONDITIONAL));
  const span = { start, end: parser.previousEnd };
  return { kind: "other", keyword, expressions, bodies: [], targets, span };
}

function isTypeAlias(parser: Parser): boolean {
  const next = kindAfter(parser, 2);
  return nameOfToken(parser) === "type" && (next === EQUALS || next === OPEN_SQUARE);
}

/** `type Name[T] = value`: only the name matters. */
function parseTypeAlias(parser: Parser): Statement {
  const { start } = parser;
  advance(parser);
  const target = { start: parser.start, end: parser.end };
  const id = nameOfToken(parser);
  advance(parser);
  if (parser.kind === OPEN_SQUARE) skipBrackets(parser);
  if (accept(parser, EQUALS)) parser.expression(parser, CONDITIONAL);
  return {
    kind: "other",
    keyword: "type",
    expressions: [],
    bodies: [],
    targets: [{ kind: "name", id, span: target }],
    span: { start, end: parser.previousEnd },
  };
}

function parseExpressionStatement(parser: Parser, start: number): Statement {
  const first = parseBareList(parser);
  switch (parser.kind) {
    case EQUALS:
      return parseAssign(parser, first, start);
    case AUGMENTED:
      return parseAugmented(parser, first, start);
    case COLON:
      if (isTarget(first) && !isLineEnd(kindAfter(parser))) {
        return parseAnnotated(parser, first, start);
      }
      break;
    case WALRUS:
      return parseSlip(parser, first, start);
  }
  return { kind: "expression", value: first, span: { start, end: parser.previousEnd } };
}

const isTarget = ({ kind }: Expression) =>
  kind === "name" || kind === "attribute" || kind === "subscript";

function parseAssign(parser: Parser, first: Expression, start: number): Statement {
  const targets = [first];
  let value: Expression | undefined;
  while (accept(parser, EQUALS)) {
    if (value !== undefined) targets.push(value);
    value = parseBareList(parser);
  }
  const span = { start, end: parser.previousEnd };
  return { kind: "assign", targets, annotation: undefined, value, operator: "=", span };
}

function parseAnnotated(parser: Parser, target: Expression, start: number): Statement {
  advance(parser);
  const annotation = parser.expression(parser, CONDITIONAL);
  const value = accept(parser, EQUALS) ? parseBareList(parser) : undefined;
  const span = { start, end: parser.previousEnd };
  return { kind: "assign", targets: [target], annotation, value, operator: "=", span };
}

/** `target := value` as a statement, which Python refuses. */
function parseSlip(parser: Parser, target: Expression, start: number): Statement {
  noteError(parser.errors, parser.start, parser.end);
  advance(parser);
  const value = isLineEnd(parser.kind) ? missingExpression(parser) : parseBareList(parser);
  const span = { start, end: parser.previousEnd };
  return { kind: "assign", targets: [target], annotation: undefined, value, operator: ":=", span };
}

function parseAugmented(parser: Parser, target: Expression, start: number): Statement {
  const operatorSpan = { start: parser.start, end: parser.end };
  const operator = AUGMENTED_OPERATORS.get(textOfToken(parser)) ?? "+";
  advance(parser);
  const value = parseBareList(parser);
  const span = { start, end: parser.previousEnd };
  return { kind: "augmented", target, operator, operatorSpan, value, span };
}

const AUGMENTED_OPERATORS: ReadonlyMap<string, BinaryOperator> = new Map(
  (["+", "-", "*", "/", "//", "%", "**", "@", "<<", ">>", "&", "|", "^"] as const).map(
    (operator) => [`${operator}=`, operator],
  ),
);
