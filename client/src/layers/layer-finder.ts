import type { CancellationToken } from "vscode";
import type { LayerLocations, LayerLocationsParams } from "../../../core/protocol/lsp.ts";
import type { RunLayers } from "../../../core/protocol/run-layers.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { isInside, isOfExperiment, specFile } from "../runs/run-place.ts";
import type { LayerOnLine } from "./layer-markdown.ts";
import { layerRequest } from "./layer-request.ts";

/** The layers of a line in the newest run that has any. */
export interface LineInRun {
  readonly run: RunListEntry;
  readonly layers: RunLayers;
  readonly found: readonly LayerOnLine[];
}

interface Deps {
  /** Newest first. */
  runs(): readonly RunListEntry[];
  layersOf(folder: string): Promise<RunLayers>;
  ask(params: LayerLocationsParams, token: CancellationToken | undefined): Promise<LayerLocations>;
}

export interface LayerFinder {
  /** `undefined` where no run has a layer that the line makes. `root` is the workspace folder of the file. */
  onLine(
    place: { readonly file: string; readonly uri: string; readonly line: number },
    root: string,
    token?: CancellationToken,
  ): Promise<LineInRun | undefined>;
}

/** Runs of code that are looked at, newest first: an older one is not the last. */
const MOST_RUNS = 4;

/** Finds the layers that a line makes among those that the last runs have measured. */
export function layerFinder({ runs, layersOf, ask }: Deps): LayerFinder {
  /** By folder, of the state that they were read in. */
  const known = new Map<string, { readonly state: string; readonly layers: Promise<RunLayers> }>();
  const measured = (run: RunListEntry): Promise<RunLayers> => {
    const state = `${run.status} ${run.step}`;
    const before = known.get(run.folder);
    if (before?.state === state) return before.layers;
    const layers = layersOf(run.folder);
    known.set(run.folder, { state, layers });
    return layers;
  };
  return {
    async onLine({ file, uri, line }, root, token) {
      const isExperiment = /\.normlens\.ya?ml$/i.test(file);
      const candidates = runs()
        .filter((run) => isInside(run.folder, root) && run.record.sweep === undefined)
        .filter((run) => (isExperiment ? specFile(run) === file : !isOfExperiment(run)))
        .slice(0, MOST_RUNS);
      for (const run of candidates) {
        if (token?.isCancellationRequested === true) return undefined;
        const layers = await measured(run);
        if (layers.layers.length === 0) continue;
        const names = layers.layers.map(({ layer }) => layer);
        const request = layerRequest(run, names, names);
        if (typeof request === "string") continue;
        const answer = await ask({ ...request, at: { uri, line } }, token);
        const found = answer.layers.flatMap(({ name, locations }) => {
          const row = layers.layers.find(({ layer }) => layer === name);
          return row === undefined ? [] : [{ measured: row, locations }];
        });
        if (found.length > 0) return { run, layers, found };
      }
      return undefined;
    },
  };
}
