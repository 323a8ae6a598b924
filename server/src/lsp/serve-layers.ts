import type { CancellationToken } from "vscode-languageserver";
import {
  LAYER_LOCATIONS,
  type LayerLocation,
  type LayerLocations,
  type LayerLocationsParams,
} from "../../../core/protocol/lsp.ts";
import { experimentLayer, hasSameModel } from "../config/experiment-layers.ts";
import { isNotebook } from "../engine/language-of.ts";
import { lineIndex } from "../engine/line-index.ts";
import { type LayerMaker, locateLayers } from "../layers/locate-layers.ts";
import { parseYaml } from "../syntax/config/yaml.ts";
import { codeFile } from "../workspace/code-source.ts";
import {
  type LayerCode,
  type LayerDocuments,
  layerDocuments,
  type OpenCode,
} from "../workspace/layer-documents.ts";
import { readSourceNow } from "../workspace/read-source.ts";
import { pathOfUri } from "./document-path.ts";
import { guarded } from "./guard.ts";
import { programsOf } from "./open-notebooks.ts";
import type { Session } from "./session.ts";
import { slowProgress } from "./slow-progress.ts";
import { toRange } from "./to-diagnostic.ts";

const NOTHING: LayerLocations = { layers: [], isOutdated: false };

/** Tells which code makes a layer. */
export function serveLayers(session: Session): void {
  const { connection, log } = session;
  const documents = layerDocuments();
  connection.onRequest(
    LAYER_LOCATIONS,
    guarded(
      log,
      "Find layers",
      NOTHING,
      async (params: LayerLocationsParams, token: CancellationToken) => {
        const { experiment, at } = params;
        const found =
          experiment === undefined
            ? await inCode(params, session, documents, token)
            : inExperiment(params.names, experiment, session);
        if (at === undefined) return found;
        const isHere = ({ uri, cell, range }: LayerLocation) =>
          // A line of a cell is none of the notebook's file.
          cell === undefined && isSameFile(uri, at.uri) && range.start.line === at.line;
        const layers = found.layers.filter(({ locations }) => locations.some(isHere));
        return { ...found, layers };
      },
    ),
  );
}

/** Editors and we may escape a path in different ways; cells of a notebook share theirs. */
function isSameFile(a: string, b: string): boolean {
  const path = pathOfUri(a);
  return (
    a === b || (path !== undefined && path === pathOfUri(b) && fragmentOf(a) === fragmentOf(b))
  );
}

const fragmentOf = (uri: string) => /#(.*)$/.exec(uri)?.[1];

/** Path of a document; the address of one that was never saved. */
const keyOf = (uri: string) => pathOfUri(uri) ?? uri.replace(/[?#].*/, "");

/** What an editor has open, the cells of a notebook as one program. */
function openCode({ documents, notebooks }: Session): ReadonlyMap<string, OpenCode> {
  const all = documents.all();
  const open = new Map<string, OpenCode>();
  for (const { uri, text } of all) {
    const path = keyOf(uri);
    // A cell alone is no program, nor is the JSON of a notebook.
    if (!isNotebook(path)) open.set(path, { ...codeFile(path, text), state: text });
  }
  for (const { source, signature, placeOf, cellOf } of programsOf(all, notebooks)) {
    const { uri, text } = source;
    open.set(keyOf(uri), { text, placeOf, cellOf, state: `${signature}\n${text}` });
  }
  return open;
}

async function inCode(
  { names, all, workDoneToken }: LayerLocationsParams,
  session: Session,
  documents: LayerDocuments,
  token: CancellationToken,
): Promise<LayerLocations> {
  const { connection, log } = session;
  const work = { title: "Reading models", workDoneToken, token };
  const progress = slowProgress({ window: connection.window, log }, work);
  try {
    const code = await documents.read({
      folders: [...session.folders],
      open: openCode(session),
      isCancelled: progress.isCancelled,
      onProgress: progress.report,
    });
    // What was cut short knows only some of the models.
    if (progress.isCancelled()) return NOTHING;
    const layers = locateLayers(code.roots, names, all).map(({ name, makers }) => ({
      name,
      locations: makers.flatMap((maker) => locationOf(maker, code)),
    }));
    return { layers, isOutdated: false };
  } finally {
    progress.done();
  }
}

function locationOf(
  { home, span, model, isAround }: LayerMaker,
  code: LayerCode,
): readonly LayerLocation[] {
  const place = code.placeOf(home.path, span);
  return place === undefined ? [] : [{ ...place, model, isAround }];
}

/** A file whose model is another one now says nothing about the layers of the run: its copy does. */
function inExperiment(
  names: readonly string[],
  { file, launched }: NonNullable<LayerLocationsParams["experiment"]>,
  session: Session,
): LayerLocations {
  const open = openCode(session);
  const textOf = (uri: string): string | undefined => {
    const path = pathOfUri(uri);
    return path === undefined ? undefined : (open.get(path)?.text ?? readSourceNow(path)?.text);
  };
  const [now, then] = [textOf(file), textOf(launched)];
  const isOutdated =
    then !== undefined && (now === undefined || !hasSameModel(parseYaml(now), parseYaml(then)));
  const [uri, text] = isOutdated ? [launched, then] : [file, now];
  if (text === undefined) return NOTHING;
  const [tree, lines] = [parseYaml(text), lineIndex(text)];
  const layers = names.map((name) => {
    const found = experimentLayer(tree, name);
    if (found === undefined) return { name, locations: [] };
    const { span, key, isAround } = found;
    return { name, locations: [{ uri, range: toRange(span, lines), model: key, isAround }] };
  });
  return { layers, isOutdated };
}
