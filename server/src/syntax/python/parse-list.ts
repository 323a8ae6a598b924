import type { Expression } from "./ast.ts";
import { accept, advance, isListEnd, type Parser } from "./parser.ts";
import { CONDITIONAL, UNION } from "./powers.ts";
import {
  AUGMENTED,
  COLON,
  COMMA,
  EQUALS,
  IN,
  kindSet,
  NAME,
  SEMICOLON,
  STAR,
  WALRUS,
} from "./token-kinds.ts";

/** An expression, or `name := value`. */
export function parseNamed(parser: Parser, power: number = CONDITIONAL): Expression {
  const { start } = parser;
  const isName = parser.kind === NAME;
  const target = parser.expression(parser, power);
  if (!isName || target.kind !== "name" || parser.kind !== WALRUS) return target;
  advance(parser);
  const value = parser.expression(parser, CONDITIONAL);
  return { kind: "named", target, value, span: { start, end: parser.previousEnd } };
}

/** `*value`. */
function parseStarred(parser: Parser): Expression {
  const { start } = parser;
  advance(parser);
  const value = parser.expression(parser, UNION);
  return { kind: "starred", value, span: { start, end: parser.previousEnd } };
}

/** An element in brackets. */
export function parseItem(parser: Parser): Expression {
  return parser.kind === STAR ? parseStarred(parser) : parseNamed(parser);
}

const LIST_ENDS = kindSet([EQUALS, AUGMENTED, COLON, SEMICOLON, WALRUS, IN]);

/** True where a list of expressions without brackets has its end. */
export const isBareListEnd = (kind: number) => LIST_ENDS[kind] === 1 || isListEnd(kind);

/** What `match` looks at: a list of expressions without brackets, or `name := value`. */
export function parseSubject(parser: Parser): Expression {
  const { start } = parser;
  const first = parseItem(parser);
  if (parser.kind !== COMMA) return first;
  const elements = [first];
  while (accept(parser, COMMA)) {
    if (isBareListEnd(parser.kind)) break;
    elements.push(parseItem(parser));
  }
  return { kind: "tuple", elements, span: { start, end: parser.previousEnd } };
}

/**
 * A list of expressions without brackets: one is itself, several (or a trailing comma) are a tuple.
 *
 * @param power `UNION` for the targets of a loop, whose `in` is no operator.
 */
export function parseBareList(parser: Parser, power: number = CONDITIONAL): Expression {
  const { start } = parser;
  const item = () =>
    parser.kind === STAR ? parseStarred(parser) : parser.expression(parser, power);
  const first = item();
  if (parser.kind !== COMMA) return first;
  const elements = [first];
  while (accept(parser, COMMA)) {
    if (isBareListEnd(parser.kind)) break;
    elements.push(item());
  }
  return { kind: "tuple", elements, span: { start, end: parser.previousEnd } };
}
