import type { Span } from "../../../../core/protocol/span.ts";
import { type NameTable, nameTable } from "./name-table.ts";
import { type TokenBuffer, tokenBuffer } from "./token-buffer.ts";

/** Where the tokens of a statement may be read anew, should a bracket turn out to be open. */
export interface Retreat {
  readonly at: number;
  readonly tokens: number;
  readonly comments: number;
}

/** State of the tokeniser; also what it leaves for the parser. */
export interface Lexer {
  readonly text: string;
  readonly tokens: TokenBuffer;
  readonly table: NameTable;
  readonly comments: Span[];
  readonly errors: { start: number; end: number }[];
  at: number;
  /** Where to stop: the end of the text, or of a replacement field. */
  limit: number;
  /** True in a replacement field, where line breaks mean nothing. */
  isField: boolean;
  isLineStart: boolean;
  /** Start of the line at hand, counted only within brackets. */
  lineStart: number;
  /** End of the line at hand, where it was asked for; less than `at` when out of date. */
  lineEnd: number;
  /** Columns of the blocks around, outermost first. */
  readonly indents: number[];
  /** Kinds of the open brackets, outermost first. */
  readonly brackets: number[];
  /** How many of `brackets` are round, square and curly. */
  readonly openCounts: [number, number, number];
  retreat: Retreat | undefined;
  /** Characters that may still be read twice: what keeps hostile texts linear. */
  rereadable: number;
}

/** A text whose every line opens a bracket is read this often at most. */
const REREADS = 4;

export function newLexer(text: string): Lexer {
  return {
    text,
    tokens: tokenBuffer(text.length),
    table: nameTable(),
    comments: [],
    errors: [],
    at: text.charCodeAt(0) === 0xfeff ? 1 : 0,
    limit: text.length,
    isField: false,
    isLineStart: true,
    lineStart: 0,
    lineEnd: -1,
    indents: [0],
    brackets: [],
    openCounts: [0, 0, 0],
    retreat: undefined,
    rereadable: text.length * REREADS,
  };
}

/** Notes what could not be read; neighbours become one. */
export function noteError(
  errors: { start: number; end: number }[],
  start: number,
  end: number,
): void {
  const last = errors.at(-1);
  if (last !== undefined && start >= last.start && start <= last.end) {
    last.end = Math.max(last.end, end);
  } else errors.push({ start, end });
}
