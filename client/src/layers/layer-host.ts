import { type TextEditor, window, workspace } from "vscode";
import type { LayerLocation } from "../../../core/protocol/lsp.ts";
import type { Host } from "../host.ts";
import type { RunPanels } from "../panels/run-panel.ts";
import type { RunWorkerHost } from "../runs/run-worker-host.ts";
import { documentOf, fileOf, placeText, showPlace } from "./cell-place.ts";
import { findPatiently, type LayerQuestions } from "./find-patiently.ts";
import type { LayerFinder } from "./layer-finder.ts";

type LayerHost = Pick<
  Host,
  | "layersOfRun"
  | "namesInFile"
  | "findLayers"
  | "pickLocation"
  | "showLocation"
  | "layersAtCursor"
  | "showLayer"
>;

interface Deps {
  readonly worker: RunWorkerHost;
  readonly panels: RunPanels;
  readonly finder: LayerFinder;
  readonly questions: LayerQuestions;
}

/** What commands about layers ask of the editor. */
export function layerHost({ worker, panels, finder, questions }: Deps): LayerHost {
  return {
    layersOfRun: worker.layers,
    namesInFile: worker.names,
    findLayers: (params) => findPatiently(questions, params),
    pickLocation,
    showLocation: showPlace,
    async layersAtCursor() {
      const editor = window.activeTextEditor ?? editorOfCell();
      if (editor === undefined) return undefined;
      const { uri } = editor.document;
      const file = fileOf(editor.document);
      const root = workspace.getWorkspaceFolder(file)?.uri.fsPath;
      const { line } = editor.selection.active;
      return root === undefined
        ? undefined
        : finder.onLine({ file: file.fsPath, uri: uri.toString(), line }, root);
    },
    async showLayer(folder, layer) {
      panels.showLayer(folder, layer);
    },
  };
}

/** The editor of the notebook's selected cell, which is not the active one while the cell is not edited. */
function editorOfCell(): TextEditor | undefined {
  const shown = window.activeNotebookEditor;
  if (shown === undefined || shown.notebook.cellCount === 0) return undefined;
  const { document } = shown.notebook.cellAt(shown.selection.start);
  return window.visibleTextEditors.find((editor) => editor.document === document);
}

/** The places with the text of their lines. */
async function pickLocation(
  title: string,
  locations: readonly LayerLocation[],
): Promise<LayerLocation | undefined> {
  const items = await Promise.all(
    locations.map(async (location) => {
      const { range, model } = location;
      const document = await documentOf(location);
      return {
        label: placeText(location, (file) => workspace.asRelativePath(file)),
        description: model,
        detail: document.lineAt(range.start.line).text.trim(),
        location,
      };
    }),
  );
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: "Which one is meant?",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.location;
}
