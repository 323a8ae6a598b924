import type { ComprehensionExpression } from "./ast.ts";
import { parseBareList, parseNamed } from "./parse-list.ts";
import { accept, expect, kindAfter, missingExpression, type Parser } from "./parser.ts";
import { DISJUNCTION, UNION } from "./powers.ts";
import { ASYNC, FOR, IF, IN } from "./token-kinds.ts";

type Clause = ComprehensionExpression["clauses"][number];

/** True behind the element of a comprehension. */
export function isComprehension(parser: Parser): boolean {
  return parser.kind === FOR || (parser.kind === ASYNC && kindAfter(parser) === FOR);
}

/** `for target in iterable if condition …` */
export function parseComprehension(parser: Parser): Clause[] {
  const clauses: Clause[] = [];
  while (isComprehension(parser)) clauses.push(parseClause(parser));
  return clauses;
}

function parseClause(parser: Parser): Clause {
  accept(parser, ASYNC);
  accept(parser, FOR);
  const target = parseBareList(parser, UNION);
  const iterable = expect(parser, IN)
    ? parser.expression(parser, DISJUNCTION)
    : missingExpression(parser);
  const conditions = [];
  while (accept(parser, IF)) conditions.push(parseNamed(parser, DISJUNCTION));
  return { target, iterable, conditions };
}
