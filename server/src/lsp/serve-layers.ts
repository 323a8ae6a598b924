import { pathToFileURL } from "node:url";
import type { CancellationToken } from "vscode-languageserver";
import {
  LAYER_LOCATIONS,
  type LayerLocation,
  type LayerLocations,
  type LayerLocationsParams,
} from "../../../core/protocol/lsp.ts";
import { experimentLayer, hasSameModel } from "../config/experiment-layers.ts";
import { lineIndex } from "../engine/line-index.ts";
import { type LayerMaker, locateLayers } from "../layers/locate-layers.ts";
import { parseYaml } from "../syntax/config/yaml.ts";
import {
  type LayerCode,
  type LayerDocuments,
  layerDocuments,
} from "../workspace/layer-documents.ts";
import { readSourceNow } from "../workspace/read-source.ts";
import { pathOfUri } from "./document-path.ts";
import { guarded } from "./guard.ts";
import type { Session } from "./session.ts";
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
        const isHere = ({ uri, range }: LayerLocation) =>
          isSameFile(uri, at.uri) && range.start.line === at.line;
        const layers = found.layers.filter(({ locations }) => locations.some(isHere));
        return { ...found, layers };
      },
    ),
  );
}

/** Editors and we may escape a path in different ways. */
function isSameFile(a: string, b: string): boolean {
  const path = pathOfUri(a);
  return a === b || (path !== undefined && path === pathOfUri(b));
}

/** What an editor has open, by path. */
function openTexts({ documents }: Session): (file: string) => string | undefined {
  const texts = new Map(documents.all().map(({ uri, text }) => [pathOfUri(uri) ?? uri, text]));
  return (file) => texts.get(file);
}

async function inCode(
  { names, all }: LayerLocationsParams,
  session: Session,
  documents: LayerDocuments,
  token: CancellationToken,
): Promise<LayerLocations> {
  const isCancelled = () => token.isCancellationRequested;
  const code = await documents.read([...session.folders], openTexts(session), isCancelled);
  const layers = locateLayers(code.roots, names, all).map(({ name, makers }) => ({
    name,
    locations: makers.flatMap((maker) => locationOf(maker, code)),
  }));
  return { layers, isOutdated: false };
}

function locationOf(
  { home, span, model, isAround }: LayerMaker,
  code: LayerCode,
): readonly LayerLocation[] {
  const lines = code.linesOf(home.path);
  return lines === undefined
    ? []
    : [{ uri: pathToFileURL(home.path).href, range: toRange(span, lines), model, isAround }];
}

/** A file whose model is another one now says nothing about the layers of the run: its copy does. */
function inExperiment(
  names: readonly string[],
  { file, launched }: NonNullable<LayerLocationsParams["experiment"]>,
  session: Session,
): LayerLocations {
  const openText = openTexts(session);
  const textOf = (uri: string): string | undefined => {
    const path = pathOfUri(uri);
    return path === undefined ? undefined : (openText(path) ?? readSourceNow(path)?.text);
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
