import {
  commands,
  type NotebookCell,
  NotebookRange,
  Range,
  type TextDocument,
  Uri,
  window,
  workspace,
} from "vscode";
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

/** A notebook that is closed is read, and not shown. */
async function cellOf({ uri, cell }: LayerLocation): Promise<NotebookCell | undefined> {
  if (cell === undefined) return openCell(uri);
  const notebook = await workspace.openNotebookDocument(Uri.parse(uri));
  return notebook.cellAt(cell);
}

/** The text that a location is in. */
export async function documentOf(location: LayerLocation): Promise<TextDocument> {
  const cell = await cellOf(location);
  return cell?.document ?? (await workspace.openTextDocument(Uri.parse(location.uri)));
}

/** Opens a location, a cell within its notebook, and selects it. */
export async function showPlace(location: LayerLocation): Promise<void> {
  const { start, end } = location.range;
  const selection = new Range(start.line, start.character, end.line, end.character);
  const cell = await cellOf(location);
  if (cell === undefined) {
    await window.showTextDocument(Uri.parse(location.uri), { selection, preview: true });
    return;
  }
  const { notebook, index, document } = cell;
  const selections = [new NotebookRange(index, index + 1)];
  await window.showNotebookDocument(notebook, { selections, preview: true });
  // It selects a cell only; the lines within it are reached by the cell's own address.
  await commands.executeCommand("vscode.open", document.uri, { selection, preview: true });
}

/** `models.py:12`, `train.ipynb, cell 3:4`, all from 1; `nameOf` says how files are called. */
export function placeText(location: LayerLocation, nameOf: (file: Uri) => string): string {
  const { uri, range } = location;
  const open = openCell(uri);
  const index = location.cell ?? open?.index;
  const cell = index === undefined ? "" : `, cell ${index + 1}`;
  return `${nameOf(open?.notebook.uri ?? Uri.parse(uri))}${cell}:${range.start.line + 1}`;
}
