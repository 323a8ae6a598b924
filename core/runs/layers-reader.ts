import { parseJsonLines } from "../formats/json-lines.ts";
import type { LayerRow } from "../protocol/panel/weights.ts";
import { parseLayerLine } from "../protocol/parse-run-files.ts";
import { RUN_FILES } from "../protocol/run-files.ts";
import { followLines } from "./follow-lines.ts";
import { layerRow } from "./layer-row.ts";
import type { RunSource } from "./run-source.ts";

/** All layers at one step. */
export interface LayersSnapshot {
  /** Every step that was stored, ascending. */
  readonly steps: readonly number[];
  readonly step: number;
  readonly layers: readonly LayerRow[];
}

export interface LayersReader {
  /** The latest snapshot if the file has changed since the last call. */
  update(): Promise<LayersSnapshot | undefined>;
  /** `undefined` for a step that was not stored. */
  at(step: number): Promise<LayersSnapshot | undefined>;
}

/** Follows `weights/layers.jsonl`, of which it keeps only where each step's lines are. */
export function createLayersReader(source: RunSource): LayersReader {
  const { files, folder } = source;
  const file = `${folder}/${RUN_FILES.layers}`;
  const newLines = followLines(source, RUN_FILES.layers, parseLayerLine);
  let ranges = new Map<number, { readonly start: number; readonly end: number }>();

  async function at(step: number): Promise<LayersSnapshot | undefined> {
    const range = ranges.get(step);
    if (range === undefined) return undefined;
    const layers = new Map<string, LayerRow>();
    for (const { value } of parseJsonLines(await files.read(file, range.start, range.end)).values) {
      const line = parseLayerLine(value);
      if (typeof line === "object" && line.step === step) layers.set(line.layer, layerRow(line));
    }
    const steps = [...ranges.keys()].sort((a, b) => a - b);
    return { steps, step, layers: [...layers.values()] };
  }

  return {
    async update() {
      let hasChanged = false;
      for await (const { isReset, lines } of newLines()) {
        if (isReset) ranges = new Map();
        for (const { line, start, end } of lines) {
          ranges.set(line.step, { start: ranges.get(line.step)?.start ?? start, end });
        }
        hasChanged ||= isReset || lines.length > 0;
      }
      const latest = [...ranges.keys()].reduce((a, b) => Math.max(a, b), -1);
      return hasChanged ? at(latest) : undefined;
    },
    at,
  };
}
