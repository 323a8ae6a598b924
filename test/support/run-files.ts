import { encodeSafetensors } from "../../core/formats/safetensors.ts";
import type { MetricLine, RunRecord } from "../../core/protocol/run-files.ts";
import { runRecord } from "./run-list-entry.ts";

/** Contents of run files, short enough to be read in a test. */

export function recordText(changes: Partial<RunRecord> = {}): string {
  return JSON.stringify(runRecord(changes));
}

export function metricText(
  step: number,
  values: MetricLine["values"] = { "train/loss": 1 / step },
): string {
  return `${JSON.stringify({ step, epoch: Math.floor(step / 10), time: step, values })}\n`;
}

export function layerText(step: number, layer: string, zeros = 0): string {
  return `${JSON.stringify({
    step,
    epoch: Math.floor(step / 10),
    layer,
    shape: [2, 1],
    count: 2,
    zeros,
    non_finite: 0,
    l1: 1,
    l2: 1,
    max_abs: 1,
    penalty: "",
    histogram: { edges: [-1, 1], counts: [2 - zeros] },
  })}\n`;
}

export function itemText(row: number, thumbnail?: number): string {
  const item = { row, label: `label ${row}`, caption: `caption ${row}`, missing: [], thumbnail };
  return `${JSON.stringify(item)}\n`;
}

/** Two modalities [rows, 2] of unit vectors, the second turned by `degrees`. */
export function embeddingBytes(rows: number, degrees: number): Uint8Array {
  const vectors = (offset: number) =>
    Float32Array.from({ length: 2 * rows }, (_, index) => {
      const angle = ((index >> 1) / rows) * 2 * Math.PI + (offset * Math.PI) / 180;
      return index % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
    });
  return encodeSafetensors([
    { name: "image", dtype: "F32", shape: [rows, 2], data: vectors(0) },
    { name: "text", dtype: "F32", shape: [rows, 2], data: vectors(degrees) },
  ]);
}

/** `count` thumbnails of 1 × 2 pixels. */
export function thumbnailBytes(count: number): Uint8Array {
  const data = Uint8Array.from({ length: count * 6 }, (_, index) => index);
  return encodeSafetensors([{ name: "image", dtype: "U8", shape: [count, 1, 2, 3], data }]);
}
