import { parseJsonLines } from "../formats/json-lines.ts";
import { parseLayerLine, parseMetricLine } from "../protocol/parse-run-files.ts";
import { fromJsonNumber, type LayerLine, RUN_FILES } from "../protocol/run-files.ts";
import { NO_LAYERS, type RunLayers } from "../protocol/run-layers.ts";
import type { RunFileSystem } from "./run-file-system.ts";

const FIRST_BYTES = 256 * 1024;
/** A step of a thousand layers with spectra has a few megabytes. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Lines of metrics among which gradient norms are looked for. */
const METRICS_BYTES = 256 * 1024;

/**
 * What a run last counted of its layers, from the ends of its files: the first bytes of a long one
 * are not read.
 */
export async function readLatestLayers(files: RunFileSystem, folder: string): Promise<RunLayers> {
  const lines = await lastStep(files, `${folder}/${RUN_FILES.layers}`);
  const [first] = lines;
  if (first === undefined) return NO_LAYERS;
  const gradients = await gradientNorms(files, `${folder}/${RUN_FILES.metrics}`);
  return {
    step: first.step,
    epoch: first.epoch,
    layers: lines.map(({ layer, shape, count, zeros, non_finite: nonFinite, l2 }) => {
      const gradientNorm = gradients.get(layer);
      const measured = { layer, shape, count, zeros, nonFinite, l2 };
      return gradientNorm === undefined ? measured : { ...measured, gradientNorm };
    }),
  };
}

/** The lines of the last step, found from the end of the file backwards. */
async function lastStep(files: RunFileSystem, file: string): Promise<readonly LayerLine[]> {
  const size = (await files.stat(file))?.sizeBytes ?? 0;
  for (let length = FIRST_BYTES; ; length *= 4) {
    const start = Math.max(0, size - length);
    const bytes = await files.read(file, start, size);
    const lines = parseJsonLines(bytes).values.flatMap(({ value }) => {
      // The first line may be cut in two; what is no layer says so where the run is opened.
      const line = parseLayerLine(value);
      return typeof line === "string" ? [] : [line];
    });
    const last = lines.at(-1)?.step;
    const isWhole = lines.some(({ step }) => step !== last);
    if (isWhole || start === 0 || length >= MOST_BYTES) {
      const byName = new Map(
        lines.filter(({ step }) => step === last).map((line) => [line.layer, line]),
      );
      return [...byName.values()];
    }
  }
}

const GRADIENT = /^weights\/(.+)\/gradient_norm$/;

async function gradientNorms(
  files: RunFileSystem,
  file: string,
): Promise<ReadonlyMap<string, number>> {
  const size = (await files.stat(file))?.sizeBytes ?? 0;
  const norms = new Map<string, number>();
  const bytes = await files.read(file, Math.max(0, size - METRICS_BYTES), size);
  for (const { value } of parseJsonLines(bytes).values) {
    const line = parseMetricLine(value);
    if (typeof line === "string") continue;
    for (const [name, stored] of Object.entries(line.values)) {
      const layer = GRADIENT.exec(name)?.[1];
      const norm = fromJsonNumber(stored);
      if (layer !== undefined && norm !== undefined) norms.set(layer, norm);
    }
  }
  return norms;
}
