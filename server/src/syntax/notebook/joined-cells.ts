import type { Span } from "../../../../core/protocol/span.ts";
import { blankMagics } from "./blank-magics.ts";

/** Cells of a notebook as one program, in the order in which they stand. */
export interface JoinedCells {
  readonly text: string;
  /** The cell of an offset, counted from 0, and the offset within it. */
  cellAt(offset: number): { readonly cell: number; readonly offset: number };
  /** A span within the cell that it starts in. */
  spanIn(span: Span): { readonly cell: number; readonly span: Span };
}

/** Between cells; a cell may end within a line of its own only. */
const SEPARATOR = "\n";

export function joinCells(cells: readonly string[]): JoinedCells {
  const starts: number[] = [];
  // The cells themselves, slices of a file, are not kept.
  const lengths = cells.map(({ length }) => length);
  let text = "";
  for (const cell of cells) {
    starts.push(text.length);
    text += blankMagics(cell) + SEPARATOR;
  }
  const cellAt = (offset: number) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const length = lengths[low] ?? 0;
    return { cell: low, offset: Math.min(Math.max(offset - (starts[low] ?? 0), 0), length) };
  };
  return {
    text,
    cellAt,
    spanIn(span) {
      const { cell, offset: start } = cellAt(span.start);
      const end = Math.max(span.end - (starts[cell] ?? 0), start);
      return { cell, span: { start, end: Math.min(end, lengths[cell] ?? 0) } };
    },
  };
}
