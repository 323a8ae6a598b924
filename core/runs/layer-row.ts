import { spectrumFacts } from "../measures/spectrum-facts.ts";
import type { LayerRow } from "../protocol/panel/weights.ts";
import type { LayerLine } from "../protocol/run-files.ts";

/** A line of `weights/layers.jsonl` as the page takes it. */
export function layerRow(line: LayerLine): LayerRow {
  return {
    layer: line.layer,
    shape: line.shape,
    count: line.count,
    zeros: line.zeros,
    ...(line.near_zeros === undefined ? {} : { nearZeros: line.near_zeros }),
    nonFinite: line.non_finite,
    l1: line.l1,
    l2: line.l2,
    maxAbs: line.max_abs,
    ...(line.dead_units === undefined ? {} : { deadUnits: line.dead_units }),
    ...(line.units === undefined ? {} : { units: line.units }),
    penalty: line.penalty,
    histogram: line.histogram,
    ...(line.spectrum === undefined ? {} : { spectrum: line.spectrum }),
    ...spectrumFacts(line.spectrum, {
      rows: line.count / (line.units ?? 1),
      columns: line.units ?? 1,
      deadColumns: line.dead_units ?? 0,
    }),
  };
}
