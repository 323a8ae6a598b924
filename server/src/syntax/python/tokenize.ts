import { beginsStatement, closeBracket, giveUpBrackets, openBracket } from "./brackets.ts";
import {
  BACKSLASH,
  classOf,
  DIGIT,
  HASH,
  isDigit,
  LETTER,
  LINE_BREAK,
  nameUnits,
  OPERATOR,
  QUOTE,
  SPACE,
} from "./characters.ts";
import { type Lexer, newLexer, noteError } from "./lexer.ts";
import { intern, kindOfName, nextHash } from "./name-table.ts";
import { operatorAt } from "./operators.ts";
import { numberEnd } from "./scan-number.ts";
import { formattedEnd, stringEnd } from "./scan-string.ts";
import { pushToken } from "./token-buffer.ts";
import {
  BAD,
  CLOSE_CURLY,
  CLOSE_PAREN,
  DEDENT,
  END,
  INDENT,
  NEWLINE,
  NUMBER,
  OPEN_CURLY,
  OPEN_PAREN,
  STRING,
} from "./token-kinds.ts";

/** Tokens of a whole text, closed by `END`. Total: any string gives tokens whose blocks are balanced. */
export function tokenize(text: string): Lexer {
  const lexer = newLexer(text);
  for (;;) {
    scan(lexer);
    if (lexer.brackets.length === 0 || lexer.retreat === undefined) break;
    giveUpBrackets(lexer, lexer.limit);
    endLogicalLine(lexer, lexer.at);
  }
  endLogicalLine(lexer, text.length);
  for (let depth = lexer.indents.length; depth > 1; depth -= 1) {
    pushToken(lexer.tokens, DEDENT, text.length, text.length);
  }
  pushToken(lexer.tokens, END, text.length, text.length);
  return lexer;
}

/** Appends the tokens of a replacement field, closed by `END`. */
export function tokenizeField(lexer: Lexer, start: number, end: number): void {
  lexer.isField = true;
  lexer.isLineStart = false;
  lexer.at = start;
  lexer.limit = end;
  lexer.brackets.length = 0;
  lexer.openCounts.fill(0);
  scan(lexer);
  pushToken(lexer.tokens, END, end, end);
}

/** Ends the line that has tokens; one that has none is blank. */
function endLogicalLine({ tokens }: Lexer, at: number): void {
  const last = tokens.count === 0 ? NEWLINE : tokens.kinds[tokens.count - 1];
  if (last !== NEWLINE && last !== DEDENT && last !== INDENT) pushToken(tokens, NEWLINE, at, at);
}

function scan(lexer: Lexer): void {
  const { text } = lexer;
  while (lexer.at < lexer.limit) {
    if (lexer.isLineStart && !startLine(lexer)) continue;
    const { at } = lexer;
    const code = text.charCodeAt(at);
    switch (classOf(code, text, at)) {
      case SPACE:
        lexer.at = at + 1;
        break;
      case LETTER:
        scanWord(lexer, at);
        break;
      case OPERATOR:
        scanOperator(lexer, at, code);
        break;
      case LINE_BREAK:
        scanLineBreak(lexer, at, code);
        break;
      case DIGIT:
        lexer.at = numberEnd(text, at);
        pushToken(lexer.tokens, NUMBER, at, lexer.at);
        break;
      case QUOTE:
        lexer.at = stringEnd(text, at, lexer.limit);
        pushToken(lexer.tokens, STRING, at, lexer.at);
        break;
      case HASH:
        scanComment(lexer, at);
        break;
      case BACKSLASH:
        scanBackslash(lexer, at);
        break;
      default:
        scanBad(lexer, at);
    }
  }
}

/** Reads the indentation of a line; false where the line is blank or the text at its end. */
function startLine(lexer: Lexer): boolean {
  const { text, limit } = lexer;
  let column = 0;
  let at = lexer.at;
  for (; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 32) column += 1;
    else if (code === 9) column = (column | 7) + 1;
    else if (code === 12) column = 0;
    else break;
  }
  lexer.at = at;
  const code = at < limit ? text.charCodeAt(at) : 10;
  if (code === 35) {
    scanComment(lexer, at);
    return false;
  }
  if (code === 10 || code === 13) {
    lexer.at = at + 1;
    return false;
  }
  lexer.isLineStart = false;
  indent(lexer, column);
  return true;
}

/** Opens a block, or closes those that are indented deeper than `column`. */
function indent({ indents, tokens, at, errors }: Lexer, column: number): void {
  if (column > (indents.at(-1) ?? 0)) {
    indents.push(column);
    pushToken(tokens, INDENT, at, at);
    return;
  }
  while (column < (indents.at(-1) ?? 0)) {
    indents.pop();
    if (column > (indents.at(-1) ?? 0)) {
      // Less deep than its block, deeper than what is around: it goes on with the block.
      indents.push(column);
      noteError(errors, at, at);
    } else pushToken(tokens, DEDENT, at, at);
  }
}

function scanWord(lexer: Lexer, start: number): void {
  const { text, tokens, limit } = lexer;
  let hash = 0;
  let at = start;
  let code = text.charCodeAt(at);
  for (let units = nameUnits(code, text, at); units > 0 && at < limit; ) {
    hash = nextHash(hash, code);
    at += 1;
    if (units === 2) {
      hash = nextHash(hash, text.charCodeAt(at));
      at += 1;
    }
    code = text.charCodeAt(at);
    units = nameUnits(code, text, at);
  }
  if ((code === 34 || code === 39) && at - start <= 2 && at < limit) {
    if (isStringPrefix(text, start, at)) {
      scanPrefixedString(lexer, start, at);
      return;
    }
  }
  const name = intern(lexer.table, text, { start, end: at }, hash);
  const kind = kindOfName(name);
  if (lexer.brackets.length > 0 && isFirstOfLine(lexer) && beginsStatement(lexer, kind, start)) {
    giveUpBrackets(lexer, lexer.lineStart);
    endLogicalLine(lexer, lexer.at);
    return;
  }
  lexer.at = at;
  pushToken(tokens, kind, start, at, name);
}

/** Within brackets: true where no token stands before on the line, of code that may be cut off. */
function isFirstOfLine({ tokens, lineStart, isField }: Lexer): boolean {
  return !isField && (tokens.starts[tokens.count - 1] ?? 0) < lineStart;
}

/** One or two letters before a quote. */
function isStringPrefix(text: string, start: number, end: number): boolean {
  return /^(?:[bfrtu]|[bft]r|r[bft])$/i.test(text.slice(start, end));
}

function scanPrefixedString(lexer: Lexer, start: number, quote: number): void {
  const { text, tokens } = lexer;
  const isFormatted = /[ft]/i.test(text.slice(start, quote));
  lexer.at = isFormatted ? formattedStringEnd(lexer, quote) : stringEnd(text, quote, lexer.limit);
  pushToken(tokens, STRING, start, lexer.at);
}

function formattedStringEnd(lexer: Lexer, quote: number): number {
  const { text } = lexer;
  const isTriple = text.startsWith(text.charAt(quote).repeat(3), quote);
  const limit = isTriple ? lexer.limit : Math.min(lexer.limit, lineEndOf(lexer, quote));
  const again = limit - quote;
  if (again <= lexer.rereadable) {
    const end = formattedEnd(text, quote, limit);
    if (end >= 0) return end;
    lexer.rereadable -= again;
  }
  return stringEnd(text, quote, lexer.limit);
}

function lineEndOf(lexer: Lexer, at: number): number {
  if (lexer.lineEnd < at) {
    const found = lexer.text.indexOf("\n", at);
    lexer.lineEnd = found < 0 ? lexer.text.length : found;
  }
  return lexer.lineEnd;
}

function scanOperator(lexer: Lexer, at: number, code: number): void {
  const { text, tokens } = lexer;
  if (code === 46 && isDigit(text.charCodeAt(at + 1))) {
    lexer.at = numberEnd(text, at);
    pushToken(tokens, NUMBER, at, lexer.at);
    return;
  }
  const packed = operatorAt(text, at, code);
  const end = Math.min(at + (packed & 3), lexer.limit);
  let kind = packed >> 2;
  if (kind >= OPEN_PAREN && kind <= OPEN_CURLY) openBracket(lexer, kind);
  else if (kind >= CLOSE_PAREN && kind <= CLOSE_CURLY) kind = closeBracket(lexer, kind);
  lexer.at = end;
  if (kind === BAD) pushBad(lexer, at, end);
  else pushToken(tokens, kind, at, end);
}

function scanLineBreak(lexer: Lexer, at: number, code: number): void {
  lexer.at = code === 13 && lexer.text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
  if (lexer.isField || lexer.brackets.length > 0) {
    lexer.lineStart = lexer.at;
    return;
  }
  lexer.isLineStart = true;
  endLogicalLine(lexer, at);
}

function scanComment(lexer: Lexer, start: number): void {
  const { text, limit } = lexer;
  let end = start + 1;
  for (; end < limit; end += 1) {
    const code = text.charCodeAt(end);
    if (code === 10 || code === 13) break;
  }
  lexer.at = end;
  if (!lexer.isField) lexer.comments.push({ start, end });
}

/** A backslash continues the line; amid one it is a slip. */
function scanBackslash(lexer: Lexer, at: number): void {
  const { text } = lexer;
  const next = text.charCodeAt(at + 1);
  if (next === 10) lexer.at = at + 2;
  else if (next === 13) lexer.at = text.charCodeAt(at + 2) === 10 ? at + 3 : at + 2;
  else if (at + 1 >= lexer.limit) lexer.at = at + 1;
  else scanBad(lexer, at);
}

function scanBad(lexer: Lexer, at: number): void {
  const code = lexer.text.codePointAt(at) ?? 0;
  lexer.at = at + (code > 0xffff ? 2 : 1);
  pushBad(lexer, at, lexer.at);
}

/** Neighbours become one token. */
function pushBad({ tokens, errors }: Lexer, start: number, end: number): void {
  noteError(errors, start, end);
  const last = tokens.count - 1;
  if (tokens.kinds[last] === BAD && tokens.ends[last] === start) tokens.ends[last] = end;
  else pushToken(tokens, BAD, start, end);
}
