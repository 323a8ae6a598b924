import path from "node:path";
import { pathToFileURL } from "node:url";
import type { LayerLocationsParams } from "../../../core/protocol/lsp.ts";
import { RUN_FILES } from "../../../core/protocol/run-files.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";
import { isOfExperiment, specFile } from "../runs/run-place.ts";

/** What to ask the server for layers of a run; a text says why it is of no use to ask. */
export function layerRequest(
  run: RunListEntry,
  names: readonly string[],
  all: readonly string[],
): LayerLocationsParams | string {
  if (!isOfExperiment(run)) return { names, all };
  const replaced = run.record.set?.find((pair) => pair.startsWith("model"));
  if (replaced !== undefined) {
    return `the run was launched with ${replaced} in the place of what its file says`;
  }
  const experiment = {
    file: pathToFileURL(specFile(run)).href,
    launched: pathToFileURL(path.join(run.folder, RUN_FILES.spec)).href,
  };
  return { names, all, experiment };
}
