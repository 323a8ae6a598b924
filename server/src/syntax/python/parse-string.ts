import type { Expression } from "./ast.ts";
import { insideQuotes, stringValue } from "./literals.ts";
import { parseBareList } from "./parse-list.ts";
import { advance, moveTo, type Parser } from "./parser.ts";
import { formattedEnd, type ReplacementField } from "./scan-string.ts";
import { STRING } from "./token-kinds.ts";
import { tokenizeField } from "./tokenize.ts";

/** One string literal, or several side by side, which are one. */
export function parseString(parser: Parser): Expression {
  const { start } = parser;
  const interpolations: Expression[] = [];
  let value = parseLiteral(parser, interpolations);
  while (parser.kind === STRING) {
    const next = parseLiteral(parser, interpolations);
    value = value === undefined || next === undefined ? undefined : value + next;
  }
  return { kind: "string", value, interpolations, span: { start, end: parser.previousEnd } };
}

/** Value of one literal; `undefined` for bytes and f-strings, whose expressions are collected. */
function parseLiteral(parser: Parser, interpolations: Expression[]): string | undefined {
  const { text, start, end } = parser;
  let quote = start;
  let isRaw = false;
  let isPlain = true;
  for (let code = text.charCodeAt(quote) | 32; code >= 97; code = text.charCodeAt(quote) | 32) {
    if (code === 114) isRaw = true;
    else if (code !== 117) isPlain = false;
    // f-strings and t-strings have fields, bytes have not.
    if (code === 102 || code === 116) parseFields(parser, interpolations);
    quote += 1;
  }
  advance(parser);
  return isPlain ? stringValue(text, { start: quote, end }, isRaw) : undefined;
}

function parseFields(parser: Parser, interpolations: Expression[]): void {
  const { text, start, end, at, previousEnd, lexer } = parser;
  const quote = text.slice(start, end).search(/["']/) + start;
  const fields: ReplacementField[] = [];
  const inside = insideQuotes(text, { start: quote, end });
  formattedEnd(text, quote, inside.end, (field) => fields.push(field));
  const { count } = lexer.tokens;
  for (const field of fields) {
    if (text.slice(field.start, field.end).trim() === "") continue;
    tokenizeField(lexer, field.start, field.end);
    moveTo(parser, count);
    interpolations.push(parseBareList(parser));
    lexer.tokens.count = count;
  }
  parser.previousEnd = previousEnd;
  moveTo(parser, at);
}
