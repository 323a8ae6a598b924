import type { Span } from "../../../core/protocol/span.ts";

/** Both count from 0; `character` in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Offsets <-> lines of one text. Offsets outside of the text are moved to its nearest end. */
export interface LineIndex {
  readonly lineCount: number;
  positionAt(offset: number): Position;
  offsetAt(position: Position): number;
  /** The line without its terminator; an empty span at the end for a line that does not exist. */
  lineSpan(line: number): Span;
  /** Column in Unicode code points from 0, as Python and most editors count it. */
  codePointColumn(offset: number): number;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Offsets of the first character of every line; `\n`, `\r\n` and `\r` end a line, as in LSP. */
function lineStarts(text: string): number[] {
  const starts = [0];
  if (!text.includes("\r")) {
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) {
      starts.push(end + 1);
    }
    return starts;
  }
  for (let offset = 0; offset < text.length; offset += 1) {
    const unit = text.charCodeAt(offset);
    if (unit === CARRIAGE_RETURN && text.charCodeAt(offset + 1) === LINE_FEED) continue;
    if (unit === LINE_FEED || unit === CARRIAGE_RETURN) starts.push(offset + 1);
  }
  return starts;
}

export function lineIndex(text: string): LineIndex {
  const starts = lineStarts(text);
  const startOf = (line: number) => starts[line] ?? text.length;
  const clamp = (offset: number) => Math.min(Math.max(offset, 0), text.length);

  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (startOf(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const lineSpan = (line: number): Span => {
    const start = startOf(line);
    let end = startOf(line + 1);
    if (line + 1 < starts.length) {
      end -= 1;
      if (text[end] === "\n" && text[end - 1] === "\r" && end > start) end -= 1;
    }
    return { start, end };
  };

  return {
    lineCount: starts.length,
    lineSpan,
    positionAt(offset) {
      const at = clamp(offset);
      const line = lineAt(at);
      return { line, character: at - startOf(line) };
    },
    offsetAt({ line, character }) {
      const { start, end } = lineSpan(line);
      return Math.min(start + Math.max(character, 0), end);
    },
    codePointColumn(offset) {
      const at = clamp(offset);
      return [...text.slice(startOf(lineAt(at)), at)].length;
    },
  };
}
