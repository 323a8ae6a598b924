import type { WeightsRequest, WeightsToPage } from "../protocol/panel/weights.ts";
import { createDifferenceReader, type DifferenceRequest } from "./difference-reader.ts";
import { createLayersReader, type LayersSnapshot } from "./layers-reader.ts";
import type { RunSource } from "./run-source.ts";
import { readDifferenceMatrix, readWeightMatrix } from "./weight-matrix.ts";

/** Reads what the Weights tab shows of a run. */
export interface WeightsReader {
  /** The latest snapshot if there is news since the last call. */
  update(): Promise<LayersSnapshot | undefined>;
  /** Messages about `run`, the name that the page knows it by. */
  answer(request: WeightsRequest, run: string): AsyncGenerator<WeightsToPage>;
  /** Folders of the runs that may be compared with. */
  showOthers(folders: readonly string[]): void;
}

const NOT_SHOWN = "The other run is not shown beside this one";

export function createWeightsReader(source: RunSource): WeightsReader {
  const { files, folder } = source;
  const layers = createLayersReader(source);
  const differences = createDifferenceReader(source);
  let others: readonly string[] = [];

  async function matrix(
    { step, layer, minus }: Extract<WeightsRequest, { type: "weights/request-matrix" }>,
    run: string,
  ): Promise<WeightsToPage> {
    const place = { folder, step, layer };
    // A page may name nothing but runs that the reader ticked: it must not open just any file.
    const isShown = minus === undefined || others.includes(minus.other);
    const from = minus && { folder: minus.other, step: minus.step, layer, key: minus.other };
    const found = !isShown
      ? NOT_SHOWN
      : await (from === undefined
          ? readWeightMatrix(files, place)
          : readDifferenceMatrix(files, place, from));
    return typeof found === "string"
      ? { type: "weights/no-matrix", run, layer, reason: found }
      : { type: "weights/matrix", run, matrix: found };
  }

  async function* difference(
    request: DifferenceRequest,
    run: string,
  ): AsyncGenerator<WeightsToPage> {
    const { step, other } = request;
    const refusal = (reason: string) =>
      ({ type: "weights/no-difference", run, other, reason }) as const;
    const ours = others.includes(other) ? await layers.at(step) : undefined;
    if (ours === undefined) {
      const isShown = others.includes(other);
      yield refusal(isShown ? `No weights were stored at step ${step}` : NOT_SHOWN);
      return;
    }
    for await (const found of differences.read(request, ours)) {
      if (typeof found === "string") yield refusal(found);
      else yield { type: "weights/difference", run, difference: found };
    }
  }

  return {
    update: layers.update,
    async *answer(request, run) {
      switch (request.type) {
        case "weights/request": {
          const snapshot = await layers.at(request.step);
          if (snapshot === undefined) {
            source.report(`No weights were stored at step ${request.step}`);
          } else yield { type: "weights/snapshot", run, ...snapshot };
          return;
        }
        case "weights/request-matrix":
          yield await matrix(request, run);
          return;
        case "weights/request-history":
          yield { type: "weights/history", run, history: await layers.history(request.layer) };
          return;
        case "weights/request-difference":
          yield* difference(request, run);
      }
    },
    showOthers(folders) {
      others = folders;
      differences.keep(folders);
    },
  };
}
