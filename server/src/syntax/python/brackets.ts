import type { Lexer } from "./lexer.ts";
import {
  ASSERT,
  ASYNC,
  BAD,
  BREAK,
  CLASS,
  CLOSE_PAREN,
  CONTINUE,
  DEF,
  DEL,
  ELIF,
  ELSE,
  EXCEPT,
  FINALLY,
  FOR,
  FROM,
  GLOBAL,
  IF,
  IMPORT,
  kindSet,
  NONLOCAL,
  OPEN_PAREN,
  PASS,
  RAISE,
  RETURN,
  TRY,
  WHILE,
  WITH,
} from "./token-kinds.ts";

/** Words that no expression contains: at the start of a line they begin a statement. */
const STATEMENT_WORDS = kindSet([
  ASSERT,
  BREAK,
  CLASS,
  CONTINUE,
  DEF,
  DEL,
  ELIF,
  EXCEPT,
  FINALLY,
  GLOBAL,
  IMPORT,
  NONLOCAL,
  PASS,
  RAISE,
  RETURN,
  TRY,
  WHILE,
  WITH,
]);

/** Words that expressions contain too; they begin a statement where the line ends as one does. */
const BLOCK_WORDS = kindSet([ASYNC, ELSE, FOR, IF]);

export function openBracket({ brackets, openCounts }: Lexer, kind: number): void {
  brackets.push(kind);
  const shape = kind - OPEN_PAREN;
  openCounts[shape] = (openCounts[shape] ?? 0) + 1;
}

/**
 * Closes the bracket that `kind` ends, and those left open within it.
 *
 * @returns `BAD` where there is none, else `kind`.
 */
export function closeBracket(lexer: Lexer, kind: number): number {
  const { brackets, openCounts } = lexer;
  const opener = kind - CLOSE_PAREN + OPEN_PAREN;
  if (openCounts[opener - OPEN_PAREN] === 0) return BAD;
  for (let open = brackets.pop(); open !== undefined; open = brackets.pop()) {
    const shape = open - OPEN_PAREN;
    openCounts[shape] = (openCounts[shape] ?? 1) - 1;
    if (open === opener) break;
  }
  if (brackets.length === 0) lexer.retreat = undefined;
  return kind;
}

function columnOf({ text, lineStart }: Lexer, at: number): number {
  let column = 0;
  for (let index = lineStart; index < at; index += 1) {
    column = text.charCodeAt(index) === 9 ? (column | 7) + 1 : column + 1;
  }
  return column;
}

/**
 * True if the word at `start`, the first of its line, ends the brackets around it because a
 * statement begins there. Also remembers the line as a place to {@link giveUpBrackets} at.
 */
export function beginsStatement(lexer: Lexer, kind: number, start: number): boolean {
  const isOut = columnOf(lexer, start) <= (lexer.indents.at(-1) ?? 0);
  if (isOut && lexer.retreat === undefined) {
    const { tokens, comments, lineStart } = lexer;
    lexer.retreat = { at: lineStart, tokens: tokens.count, comments: comments.length };
  }
  if (STATEMENT_WORDS[kind] === 1) return true;
  if (!isOut || (BLOCK_WORDS[kind] !== 1 && kind !== FROM)) return false;
  const line = lineFrom(lexer.text, start);
  return kind === FROM ? line.includes(" import ") : line.trimEnd().endsWith(":");
}

/** Longer lines are no heads of blocks. */
const LONGEST_HEAD = 300;

function lineFrom(text: string, start: number): string {
  const line = text.slice(start, start + LONGEST_HEAD).split(/[\n\r]/, 1)[0] ?? "";
  return line.split("#", 1)[0] ?? "";
}

/**
 * Takes the open brackets for unfinished, and goes back to the first line that need not belong to
 * them: one that is indented no deeper than the statement, and begins with a word.
 *
 * @param lineStart Where the text goes on if there is no such line.
 */
export function giveUpBrackets(lexer: Lexer, lineStart: number): void {
  const { brackets, openCounts, tokens, comments, retreat } = lexer;
  brackets.length = 0;
  openCounts.fill(0);
  lexer.retreat = undefined;
  const from = retreat?.at ?? lineStart;
  const again = lexer.at - from;
  if (retreat !== undefined && again <= lexer.rereadable) {
    lexer.rereadable -= again;
    tokens.count = retreat.tokens;
    comments.length = retreat.comments;
    lexer.at = retreat.at;
  } else {
    lexer.at = lineStart;
  }
  lexer.lineStart = lexer.at;
  lexer.isLineStart = true;
}
