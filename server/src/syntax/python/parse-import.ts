import type { ImportStatement } from "./ast.ts";
import {
  accept,
  advance,
  expect,
  isListEnd,
  nameOfToken,
  noteMissing,
  type Parser,
} from "./parser.ts";
import {
  AS,
  CLOSE_PAREN,
  COMMA,
  DOT,
  ELLIPSIS,
  IMPORT,
  NAME,
  OPEN_PAREN,
  SEMICOLON,
  STAR,
} from "./token-kinds.ts";

type ImportedName = ImportStatement["names"][number];

/** `a.b` or `..a.b`, as one word. */
function parsePath(parser: Parser): string {
  let path = "";
  while (parser.kind === DOT || parser.kind === ELLIPSIS || parser.kind === NAME) {
    const isName = parser.kind === NAME;
    if (isName && path !== "" && !path.endsWith(".")) break;
    path += isName ? nameOfToken(parser) : parser.kind === DOT ? "." : "...";
    advance(parser);
  }
  return path;
}

function parseAlias(parser: Parser): string | undefined {
  if (!accept(parser, AS)) return undefined;
  if (parser.kind !== NAME) {
    noteMissing(parser);
    return undefined;
  }
  const alias = nameOfToken(parser);
  advance(parser);
  return alias;
}

/** `import a.b as c, d`. */
export function parseImport(parser: Parser): ImportStatement {
  const { start } = parser;
  advance(parser);
  const names: ImportedName[] = [];
  do {
    const nameStart = parser.start;
    const module = parsePath(parser);
    if (module === "") break;
    const alias = parseAlias(parser);
    const span = { start: nameStart, end: parser.previousEnd };
    names.push({ module, name: undefined, alias, span });
  } while (accept(parser, COMMA));
  return { kind: "import", names, span: { start, end: parser.previousEnd } };
}

/** `from m import x as y` and `from m import (x, y)`. */
export function parseFrom(parser: Parser): ImportStatement {
  const { start } = parser;
  advance(parser);
  const module = parsePath(parser);
  const names: ImportedName[] = [];
  if (expect(parser, IMPORT)) {
    const isInParentheses = accept(parser, OPEN_PAREN);
    parseNames(parser, module, names);
    if (isInParentheses) expect(parser, CLOSE_PAREN);
  }
  return { kind: "import", names, span: { start, end: parser.previousEnd } };
}

function parseNames(parser: Parser, module: string, names: ImportedName[]): void {
  while (!isListEnd(parser.kind) && parser.kind !== SEMICOLON) {
    const { start, kind } = parser;
    if (kind !== NAME && kind !== STAR) break;
    const name = kind === STAR ? "*" : nameOfToken(parser);
    advance(parser);
    const alias = parseAlias(parser);
    names.push({ module, name, alias, span: { start, end: parser.previousEnd } });
    if (!accept(parser, COMMA)) break;
  }
}
