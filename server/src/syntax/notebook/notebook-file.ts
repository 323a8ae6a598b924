import { visit } from "jsonc-parser";
import type { Span } from "../../../../core/protocol/span.ts";
import { type JoinedCells, joinCells } from "./joined-cells.ts";

/** A Jupyter notebook as it lies on disk (nbformat 4), and the program in it. */
export interface NotebookFile {
  /** Code cells as one program. */
  readonly cells: JoinedCells;
  /** Of each code cell its place among all cells of the file, from 0. */
  readonly numbers: readonly number[];
  /** Where a span of the program stands in the JSON text of the file. */
  spanInFile(span: Span): Span;
  /** Text as it is written inside of the JSON strings of a cell's source. */
  escaped(text: string): string;
}

/** A run of characters of a cell, each `width` characters wide in the file. */
interface Run {
  /** Offset in the cell. */
  readonly start: number;
  readonly length: number;
  /** Offset in the file. */
  readonly raw: number;
  readonly width: number;
}

interface Cell {
  text: string;
  /** Among all cells, from 0. */
  readonly number: number;
  readonly runs: Run[];
}

const ESCAPE = /\\(?:u[0-9a-fA-F]{4}|.)/g;

/** Appends a JSON string literal that begins, with its quote, at `raw`. */
function append(cell: Cell, literal: string, value: string, raw: number): void {
  const add = (length: number, at: number, width: number) => {
    if (length > 0) cell.runs.push({ start: cell.text.length + done, length, raw: at, width });
    done += length;
  };
  let done = 0;
  let at = 1;
  for (const { 0: written, index } of literal.matchAll(ESCAPE)) {
    add(index - at, raw + at, 1);
    add(1, raw + index, written.length);
    at = index + written.length;
  }
  add(literal.length - 1 - at, raw + at, 1);
  cell.text += value;
}

/** The code cells of the JSON text; `undefined` where it is no notebook. */
function codeCells(json: string): readonly Cell[] | undefined {
  const cells: Cell[] = [];
  let current: Cell | undefined;
  let type: unknown;
  let isNotebook = false;
  let skipped = 0;
  let count = 0;
  const isInCells = (path: readonly (string | number)[]) => path[0] === "cells";
  visit(json, {
    onArrayBegin(_offset, _length, _line, _column, pathOf) {
      const path = pathOf();
      if (path.length === 1 && path[0] === "cells") isNotebook = true;
    },
    // Without it the parser loses count of arrays in objects that are passed over.
    onArrayEnd: () => undefined,
    onObjectBegin(_offset, _length, _line, _column, pathOf) {
      const path = pathOf();
      // Outputs are the bulk of a notebook and nothing to us.
      if (path.length > 2 || (path.length > 0 && !isInCells(path))) {
        skipped += 1;
        return false;
      }
      if (path.length === 2) {
        current = { text: "", number: count, runs: [] };
        count += 1;
        type = undefined;
      }
      return true;
    },
    onObjectEnd() {
      if (skipped > 0) {
        skipped -= 1;
        return;
      }
      if (current !== undefined && type === "code") cells.push(current);
      current = undefined;
    },
    onLiteralValue(value, offset, length, _line, _column, pathOf) {
      if (current === undefined || typeof value !== "string") return;
      const [, , key] = pathOf();
      if (key === "cell_type") type = value;
      if (key === "source") append(current, json.slice(offset, offset + length), value, offset);
    },
  });
  return isNotebook ? cells : undefined;
}

/** Offset in the file of the character at `offset` of a cell, and of what follows it. */
function rawSpan({ runs }: Pick<Cell, "runs">, offset: number): Span | undefined {
  const run = runs.find(({ start, length }) => offset >= start && offset < start + length);
  if (run === undefined) return undefined;
  const start = run.raw + (offset - run.start) * run.width;
  return { start, end: start + run.width };
}

/** Reads a notebook file; `undefined` for text that is none. Total. */
export function notebookFile(json: string): NotebookFile | undefined {
  const cells = codeCells(json);
  if (cells === undefined) return undefined;
  const joined = joinCells(cells.map(({ text }) => text));
  return {
    cells: joined,
    numbers: cells.map(({ number }) => number),
    spanInFile(span) {
      const { cell: index, span: inCell } = joined.spanIn(span);
      const cell = cells[index] ?? { runs: [] };
      const first = rawSpan(cell, inCell.start);
      const last = inCell.end > inCell.start ? rawSpan(cell, inCell.end - 1) : undefined;
      const start = first?.start ?? rawSpan(cell, inCell.start - 1)?.end ?? 0;
      return { start, end: last?.end ?? start };
    },
    escaped: (text) => JSON.stringify(text).slice(1, -1),
  };
}
