import type {
  Expression,
  IfStatement,
  NameExpression,
  Statement,
  TryStatement,
  WithStatement,
} from "./ast.ts";
import { parseBlock } from "./parse-block.ts";
import { parseBareList, parseNamed } from "./parse-list.ts";
import {
  accept,
  advance,
  expect,
  isLineEnd,
  isListEnd,
  MAX_DEPTH,
  missingExpression,
  nameOfToken,
  type Parser,
} from "./parser.ts";
import { CONDITIONAL, UNION } from "./powers.ts";
import {
  AS,
  CLOSE_PAREN,
  COLON,
  COMMA,
  ELIF,
  ELSE,
  EXCEPT,
  FINALLY,
  IN,
  NAME,
  OPEN_CURLY,
  OPEN_PAREN,
  STAR,
} from "./token-kinds.ts";

/** The block of an `else`, if there is one. */
function parseElse(parser: Parser): Statement[] {
  return accept(parser, ELSE) ? parseBlock(parser) : [];
}

export function parseFor(parser: Parser, start: number): Statement {
  advance(parser);
  const target = parseBareList(parser, UNION);
  const iterable = expect(parser, IN) ? parseBareList(parser) : missingExpression(parser);
  const body = parseBlock(parser);
  const otherwise = parseElse(parser);
  return {
    kind: "for",
    target,
    iterable,
    body,
    otherwise,
    span: { start, end: parser.previousEnd },
  };
}

export function parseWhile(parser: Parser, start: number): Statement {
  advance(parser);
  const test = parseNamed(parser);
  const body = parseBlock(parser);
  const otherwise = parseElse(parser);
  return { kind: "while", test, body, otherwise, span: { start, end: parser.previousEnd } };
}

/** `if` with its `elif`s, each of which is an `if` alone in the `else` of the one before. */
export function parseIf(parser: Parser): Statement {
  const outer = parser.depth;
  const branches: Pick<IfStatement, "test" | "body" | "span">[] = [];
  do {
    const { start } = parser;
    advance(parser);
    const test = parseNamed(parser);
    const body = parseBlock(parser);
    // Branches beyond the limit are read and dropped, so that readers may recurse.
    if (parser.depth < MAX_DEPTH) {
      branches.push({ test, body, span: { start, end: parser.previousEnd } });
      parser.depth += 1;
    }
  } while (parser.kind === ELIF);
  let otherwise: readonly Statement[] = parseElse(parser);
  parser.depth = outer;
  for (const { test, body, span } of branches.slice(1).reverse()) {
    const whole = { start: span.start, end: parser.previousEnd };
    otherwise = [{ kind: "if", test, body, otherwise, span: whole }];
  }
  const [first] = branches;
  return {
    kind: "if",
    test: first?.test ?? missingExpression(parser),
    body: first?.body ?? [],
    otherwise,
    span: { start: first?.span.start ?? parser.previousEnd, end: parser.previousEnd },
  };
}

type WithItem = WithStatement["items"][number];

export function parseWith(parser: Parser, start: number): Statement {
  advance(parser);
  const items = isParenthesizedWith(parser)
    ? parseWithInParentheses(parser)
    : parseWithItems(parser);
  const body = parseBlock(parser);
  return { kind: "with", items, body, span: { start, end: parser.previousEnd } };
}

/** True where the bracket that comes next holds all items: a colon follows, or it stays open. */
function isParenthesizedWith({ kind, lexer, at }: Parser): boolean {
  if (kind !== OPEN_PAREN) return false;
  const { kinds } = lexer.tokens;
  let open = 0;
  for (let index = at; ; index += 1) {
    const next = kinds[index] ?? 0;
    if (next >= OPEN_PAREN && next <= OPEN_CURLY) open += 1;
    else if (isListEnd(next)) open -= 1;
    if (isLineEnd(next)) return true;
    if (open === 0) return next === CLOSE_PAREN && kinds[index + 1] === COLON;
  }
}

function parseWithInParentheses(parser: Parser): WithItem[] {
  advance(parser);
  const items = parseWithItems(parser);
  expect(parser, CLOSE_PAREN);
  return items;
}

function parseWithItems(parser: Parser): WithItem[] {
  const items: WithItem[] = [];
  do {
    if (isListEnd(parser.kind)) break;
    const context = parseNamed(parser);
    const target = accept(parser, AS) ? parser.expression(parser, UNION) : undefined;
    items.push({ context, target });
  } while (accept(parser, COMMA));
  return items;
}

export function parseTry(parser: Parser, start: number): TryStatement {
  advance(parser);
  const bodies = [parseBlock(parser)];
  const expressions: Expression[] = [];
  const targets: NameExpression[] = [];
  while (parser.kind === EXCEPT || parser.kind === ELSE || parser.kind === FINALLY) {
    const isHandler = parser.kind === EXCEPT;
    advance(parser);
    if (isHandler) parseHandler(parser, expressions, targets);
    bodies.push(parseBlock(parser));
  }
  const span = { start, end: parser.previousEnd };
  return { kind: "try", bodies, expressions, targets, span };
}

/** What stands between `except` and its colon. */
function parseHandler(parser: Parser, expressions: Expression[], targets: NameExpression[]): void {
  accept(parser, STAR);
  while (parser.kind !== COLON && parser.kind !== AS && !isListEnd(parser.kind)) {
    expressions.push(parser.expression(parser, CONDITIONAL));
    if (!accept(parser, COMMA)) break;
  }
  if (!accept(parser, AS) || parser.kind !== NAME) return;
  const { start, end } = parser;
  targets.push({ kind: "name", id: nameOfToken(parser), span: { start, end } });
  advance(parser);
}
