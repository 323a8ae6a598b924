import type { Span } from "../../../core/protocol/span.ts";
import type { LineIndex, Position } from "../engine/line-index.ts";

/** A position as editors count it, and its column from 0 in code points, as reports do. */
export interface FilePosition extends Position {
  readonly codePointColumn: number;
}

/** A place in another file. It carries positions: where it is shown, that file's text is not at hand. */
export interface FilePlace {
  readonly path: string;
  readonly span: Span;
  readonly start: FilePosition;
  readonly end: FilePosition;
}

export function filePlace(path: string, span: Span, lines: LineIndex): FilePlace {
  const position = (offset: number): FilePosition => ({
    ...lines.positionAt(offset),
    codePointColumn: lines.codePointColumn(offset),
  });
  return { path, span, start: position(span.start), end: position(span.end) };
}
