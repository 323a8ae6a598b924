import type { NotebookDocuments, Range } from "vscode-languageserver";
import type { Span } from "../../../core/protocol/span.ts";
import type { Finding } from "../engine/finding.ts";
import type { Edit, Fix, Related } from "../engine/rule.ts";
import { type JoinedCells, joinCells } from "../syntax/notebook/joined-cells.ts";
import { type SourceDocument, sourceDocument } from "./source-document.ts";
import { toRange } from "./to-diagnostic.ts";

/** The program that the Python cells of an open notebook make, as of their present versions. */
export interface NotebookProgram {
  /** Under the notebook's own address. */
  readonly source: SourceDocument;
  /** Changes with every cell's text and with the order of the cells. */
  readonly signature: string;
  /** Those of the findings that stand in this cell, as findings of the cell. */
  findingsIn(cell: SourceDocument, findings: readonly Finding[]): readonly Finding[];
  /** A place of the program as one of this cell; `undefined` where it is in another. */
  spanIn(cell: SourceDocument, span: Span): Span | undefined;
  /** A place of the program as one of the cell that it is in; `undefined` without any cell. */
  placeOf(span: Span): { readonly uri: string; readonly range: Range } | undefined;
  /** The cell of an offset, by its place among the Python cells. */
  cellOf(offset: number): number;
}

export interface OpenNotebooks {
  /** `undefined` for documents that are no Python cell of a notebook. */
  programOf(document: SourceDocument): NotebookProgram | undefined;
  /** The Python cells of the notebook around a document, itself included. */
  neighbours(document: SourceDocument): readonly SourceDocument[];
}

/** The programs of all notebooks that have a cell among `documents`, each once. */
export function programsOf(
  documents: readonly SourceDocument[],
  { programOf }: OpenNotebooks,
): ReadonlySet<NotebookProgram> {
  return new Set(documents.flatMap((document) => programOf(document) ?? []));
}

export function openNotebooks(notebooks: NotebookDocuments<SourceDocument>): OpenNotebooks {
  const programs = new Map<string, NotebookProgram>();
  notebooks.onDidClose(({ uri }) => programs.delete(uri));

  const cellsOf = (uri: string): readonly SourceDocument[] =>
    (notebooks.getNotebookDocument(uri)?.cells ?? [])
      .flatMap((cell) => notebooks.getCellTextDocument(cell) ?? [])
      .filter(({ language }) => language === "python");

  function programOf(document: SourceDocument): NotebookProgram | undefined {
    const uri = notebooks.findNotebookDocumentForCell(document.uri)?.uri;
    if (uri === undefined || document.language !== "python") return undefined;
    const cells = cellsOf(uri);
    const signature = cells.map((cell) => `${cell.uri} ${cell.version}`).join("\n");
    const known = programs.get(uri);
    if (known?.signature === signature) return known;
    const program = notebookProgram(uri, cells, signature);
    programs.set(uri, program);
    return program;
  }

  return {
    programOf,
    neighbours(document) {
      const uri = notebooks.findNotebookDocumentForCell(document.uri)?.uri;
      return uri === undefined ? [document] : cellsOf(uri);
    },
  };
}

function notebookProgram(
  uri: string,
  cells: readonly SourceDocument[],
  signature: string,
): NotebookProgram {
  const joined = joinCells(cells.map(({ text }) => text));
  return {
    source: sourceDocument(uri, "python", 0, joined.text),
    signature,
    spanIn(document, span) {
      const placed = joined.spanIn(span);
      return cells[placed.cell]?.uri === document.uri ? placed.span : undefined;
    },
    cellOf: (offset) => joined.cellAt(offset).cell,
    placeOf(span) {
      const placed = joined.spanIn(span);
      const cell = cells[placed.cell];
      return cell && { uri: cell.uri, range: toRange(placed.span, cell.lines) };
    },
    findingsIn(document, findings) {
      const own = cells.findIndex((cell) => cell.uri === document.uri);
      return findings.flatMap((finding) => {
        const { cell, span } = joined.spanIn(finding.span);
        if (cell !== own) return [];
        return {
          ...finding,
          span,
          related: finding.related.map((related) => inCell(related, own, cells, joined)),
          fixes: finding.fixes.flatMap((fix) => fixInCell(fix, own, joined) ?? []),
        };
      });
    },
  };
}

/** What stands in another cell is a place of another document. */
function inCell(
  related: Related,
  own: number,
  cells: readonly SourceDocument[],
  joined: JoinedCells,
): Related {
  if (!("span" in related)) return related;
  const { cell: index, span } = joined.spanIn(related.span);
  const cell = cells[index];
  if (index === own || cell === undefined) return { ...related, span };
  const [start, end] = [pointIn(cell, span.start), pointIn(cell, span.end)];
  const place = { path: cell.uri, span, start, end };
  return { message: related.message, place };
}

const pointIn = ({ lines }: SourceDocument, offset: number) => ({
  ...lines.positionAt(offset),
  codePointColumn: lines.codePointColumn(offset),
});

/** A quick-fix changes the cell that it is asked for in; one that needs more is not offered. */
function fixInCell(fix: Fix, own: number, joined: JoinedCells): Fix | undefined {
  const edits: Edit[] = [];
  for (const { span, newText } of fix.edits) {
    const placed = joined.spanIn(span);
    if (placed.cell !== own) return undefined;
    edits.push({ span: placed.span, newText });
  }
  return { ...fix, edits };
}
