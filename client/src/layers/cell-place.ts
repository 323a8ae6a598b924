import { type NotebookCell, type TextDocument, Uri, workspace } from "vscode";
import type { LayerLocation } from "../../../core/protocol/lsp.ts";

/** The cell of an open notebook whose text has this address. */
function openCell(uri: string): NotebookCell | undefined {
  return workspace.notebookDocuments
    .flatMap((notebook) => notebook.getCells())
    .find(({ document }) => document.uri.toString() === uri);
}

/** The file that a document is, or that its cell is part of. */
export function fileOf({ uri }: Pick<TextDocument, "uri">): Uri {
  return openCell(uri.toString())?.notebook.uri ?? uri;
}

/** The text that a location is in. A notebook that is closed is read, and not shown. */
export async function documentOf({ uri, cell }: LayerLocation): Promise<TextDocument> {
  if (cell === undefined) {
    return openCell(uri)?.document ?? (await workspace.openTextDocument(Uri.parse(uri)));
  }
  const notebook = await workspace.openNotebookDocument(Uri.parse(uri));
  return notebook.cellAt(cell).document;
}

/** `models.py:12`, `train.ipynb, cell 3:4`, all from 1; `nameOf` says how files are called. */
export function placeText(location: LayerLocation, nameOf: (file: Uri) => string): string {
  const { uri, range } = location;
  const open = openCell(uri);
  const index = location.cell ?? open?.index;
  const cell = index === undefined ? "" : `, cell ${index + 1}`;
  return `${nameOf(open?.notebook.uri ?? Uri.parse(uri))}${cell}:${range.start.line + 1}`;
}
