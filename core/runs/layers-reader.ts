import { parseJsonLines } from "../formats/json-lines.ts";
import type { HistoryEntry, LayerHistory, LayerRow } from "../protocol/panel/weights.ts";
import { parseLayerLine } from "../protocol/parse-run-files.ts";
import { type LayerLine, RUN_FILES } from "../protocol/run-files.ts";
import { evenlyChosen } from "./evenly-chosen.ts";
import { followLines } from "./follow-lines.ts";
import { layerPlaces } from "./layer-places.ts";
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
  /** Every step that was stored, ascending. */
  steps(): readonly number[];
  /** One layer at all steps, or at an even choice of them. */
  history(layer: string): Promise<LayerHistory>;
}

/** A picture has no room for more columns, and each is a read of its own. */
const MOST_HISTORY_STEPS = 120;

/** Follows `weights/layers.jsonl`, of which it keeps only where each step's lines are. */
export function createLayersReader(source: RunSource): LayersReader {
  const { files, folder } = source;
  const file = `${folder}/${RUN_FILES.layers}`;
  const newLines = followLines(source, RUN_FILES.layers, parseLayerLine);
  const places = layerPlaces();

  async function linesIn(start: number, end: number): Promise<readonly LayerLine[]> {
    return parseJsonLines(await files.read(file, start, end)).values.flatMap(({ value }) => {
      const line = parseLayerLine(value);
      return typeof line === "object" ? [line] : [];
    });
  }

  async function at(step: number): Promise<LayersSnapshot | undefined> {
    const range = places.at(step);
    if (range === undefined) return undefined;
    const layers = new Map<string, LayerRow>();
    for (const line of await linesIn(range.start, range.end)) {
      if (line.step === step) layers.set(line.layer, layerRow(line));
    }
    return { steps: places.steps(), step, layers: [...layers.values()] };
  }

  async function history(layer: string): Promise<LayerHistory> {
    const all = places.of(layer);
    const entries: HistoryEntry[] = [];
    for (const { start, end } of evenlyChosen(all, MOST_HISTORY_STEPS)) {
      for (const { step, count, zeros, non_finite: nonFinite, histogram } of await linesIn(
        start,
        end,
      )) {
        entries.push({ step, count, zeros, nonFinite, histogram });
      }
    }
    return { layer, total: all.length, entries };
  }

  return {
    async update() {
      let hasChanged = false;
      for await (const { isReset, lines } of newLines()) {
        if (isReset) places.clear();
        for (const { line, start, end } of lines) {
          places.add(line.layer, { step: line.step, start, end });
        }
        hasChanged ||= isReset || lines.length > 0;
      }
      return hasChanged ? at(places.steps().at(-1) ?? -1) : undefined;
    },
    at,
    steps: places.steps,
    history,
  };
}
