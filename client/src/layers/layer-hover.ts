import path from "node:path";
import { Hover, type HoverProvider, MarkdownString, workspace } from "vscode";
import { RUN_FILES } from "../../../core/protocol/run-files.ts";
import { fileOf, placeText } from "./cell-place.ts";
import type { LayerFinder } from "./layer-finder.ts";
import { layerMarkdown, SHOW_LAYER } from "./layer-markdown.ts";

/** Says of the line that makes a layer what the layer was like in the last run of the workspace. */
export function layerHover(finder: LayerFinder): HoverProvider {
  return {
    async provideHover(document, { line }, token) {
      const file = fileOf(document);
      const root = workspace.getWorkspaceFolder(file)?.uri.fsPath;
      if (root === undefined || file.scheme !== "file") return undefined;
      // A run's own copy of its experiment is no place to look from.
      if (path.basename(file.fsPath) === RUN_FILES.spec) return undefined;
      const place = { file: file.fsPath, uri: document.uri.toString(), line };
      const shown = await finder.onLine(place, root, token);
      if (shown === undefined) return undefined;
      const text = layerMarkdown({
        ...shown,
        nowMs: Date.now(),
        placeOf: (location) => placeText(location, ({ fsPath }) => path.basename(fsPath)),
      });
      const markdown = new MarkdownString(text);
      markdown.isTrusted = { enabledCommands: [SHOW_LAYER] };
      return new Hover(markdown);
    },
  };
}
