import { pathToFileURL } from "node:url";
import type { LayerLocation } from "../../../core/protocol/lsp.ts";
import type { Span } from "../../../core/protocol/span.ts";
import { type LineIndex, lineIndex } from "../engine/line-index.ts";
import { notebookFile } from "../syntax/notebook/notebook-file.ts";

/** Where an editor finds a span of code. */
export type CodePlace = Pick<LayerLocation, "uri" | "cell" | "range">;

/** The code of a file as one program, and where its spans stand for an editor. */
export interface CodeSource {
  readonly text: string;
  /** `undefined` where there is no code for it to stand in. */
  placeOf(span: Span): CodePlace | undefined;
  /** Of a notebook the cell that an offset is in; a number that means nothing else. */
  cellOf?(offset: number): number;
}

function linesOf(text: string): () => LineIndex {
  let lines: LineIndex | undefined;
  return () => {
    lines ??= lineIndex(text);
    return lines;
  };
}

/** A file that is code from its first line to its last. */
export function codeFile(path: string, text: string): CodeSource {
  const lines = linesOf(text);
  return {
    text,
    placeOf: ({ start, end }) => ({
      uri: pathToFileURL(path).href,
      range: { start: lines().positionAt(start), end: lines().positionAt(end) },
    }),
  };
}

/**
 * The code cells of a notebook as it lies on disk, by its JSON text. Places count lines within their
 * cell. A text that is no notebook has no code.
 */
export function notebookCode(path: string, json: string): CodeSource {
  const notebook = notebookFile(json);
  // The JSON, mostly pictures in outputs, is let go.
  const { cells, numbers } = notebook ?? { cells: undefined, numbers: [] };
  const text = cells?.text ?? "";
  const lines = linesOf(text);
  return {
    text,
    cellOf: (offset) => cells?.cellAt(offset).cell ?? 0,
    placeOf({ start, end }) {
      if (cells === undefined) return undefined;
      const { cell, offset } = cells.cellAt(start);
      const number = numbers[cell];
      if (number === undefined) return undefined;
      // Every cell begins on a line of its own.
      const above = lines().positionAt(start - offset).line;
      const within = (at: number) => {
        const { line, character } = lines().positionAt(at);
        return { line: line - above, character };
      };
      return {
        uri: pathToFileURL(path).href,
        cell: number,
        range: { start: within(start), end: within(end) },
      };
    },
  };
}
