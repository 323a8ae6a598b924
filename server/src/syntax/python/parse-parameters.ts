import type { Parameter } from "./ast.ts";
import { accept, advance, endItem, isListEnd, nameOfToken, type Parser } from "./parser.ts";
import { CONDITIONAL, UNION } from "./powers.ts";
import { COLON, COMMA, DOUBLE_STAR, EQUALS, NAME, SLASH, STAR } from "./token-kinds.ts";

/** Parameters up to `closer`: a bracket, or the colon of a lambda, behind which nothing is annotated. */
export function parseParameters(parser: Parser, closer: number): Parameter[] {
  const parameters: Parameter[] = [];
  while (parser.kind !== closer && !isListEnd(parser.kind)) {
    if (accept(parser, COMMA) || accept(parser, SLASH)) continue;
    const parameter = parseParameter(parser, closer === COLON);
    if (parameter !== undefined) parameters.push(parameter);
    if (parser.kind === COMMA || parser.kind === closer || parser.kind === SLASH) continue;
    if (closer === COLON) break;
    endItem(parser);
  }
  return parameters;
}

/** `undefined` for a bare `*` and for what is no parameter. */
function parseParameter(parser: Parser, isLambda: boolean): Parameter | undefined {
  const { start, kind } = parser;
  const splat = kind === STAR ? "*" : kind === DOUBLE_STAR ? "**" : "none";
  if (splat !== "none") advance(parser);
  if (parser.kind !== NAME) return undefined;
  const name = nameOfToken(parser);
  advance(parser);
  const annotation =
    !isLambda && accept(parser, COLON)
      ? parser.expression(parser, accept(parser, STAR) ? UNION : CONDITIONAL)
      : undefined;
  const value = accept(parser, EQUALS) ? parser.expression(parser, CONDITIONAL) : undefined;
  const span = { start, end: parser.previousEnd };
  return { name, splat, annotation, default: value, span };
}
