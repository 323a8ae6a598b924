import { Range, Uri, window, workspace } from "vscode";
import type {
  LayerLocation,
  LayerLocations,
  LayerLocationsParams,
} from "../../../core/protocol/lsp.ts";
import type { Host } from "../host.ts";
import type { RunPanels } from "../panels/run-panel.ts";
import type { RunWorkerHost } from "../runs/run-worker-host.ts";
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
  ask(params: LayerLocationsParams): Promise<LayerLocations>;
}

/** What commands about layers ask of the editor. */
export function layerHost({ worker, panels, finder, ask }: Deps): LayerHost {
  return {
    layersOfRun: worker.layers,
    namesInFile: worker.names,
    findLayers: ask,
    pickLocation,
    async showLocation({ uri, range }) {
      const { start, end } = range;
      const selection = new Range(start.line, start.character, end.line, end.character);
      await window.showTextDocument(Uri.parse(uri), { selection, preview: true });
    },
    async layersAtCursor() {
      const editor = window.activeTextEditor;
      if (editor === undefined) return undefined;
      const { uri } = editor.document;
      const root = workspace.getWorkspaceFolder(uri)?.uri.fsPath;
      const { line } = editor.selection.active;
      return root === undefined
        ? undefined
        : finder.onLine({ file: uri.fsPath, uri: uri.toString(), line }, root);
    },
    async showLayer(folder, layer) {
      panels.showLayer(folder, layer);
    },
  };
}

/** The places with the text of their lines. */
async function pickLocation(
  title: string,
  locations: readonly LayerLocation[],
): Promise<LayerLocation | undefined> {
  const items = await Promise.all(
    locations.map(async (location) => {
      const { uri, range, model } = location;
      const file = Uri.parse(uri);
      const document = await workspace.openTextDocument(file);
      return {
        label: `${workspace.asRelativePath(file)}:${range.start.line + 1}`,
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
