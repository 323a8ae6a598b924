import { parseListedRecord } from "../../core/protocol/listed-record.ts";
import type { RunRecord } from "../../core/protocol/run-files.ts";
import type { RunDetail, RunListEntry } from "../../core/protocol/run-worker.ts";

const RECORD: RunRecord = {
  format: 1,
  id: "20261121-101500-shapes",
  name: "Shapes",
  status: "finished",
  pid: 1,
  host: "here",
  started: "2026-11-21T10:15:00Z",
  spec: "shapes.normlens.yaml",
  spec_hash: "0".repeat(64),
  seed: 7,
  backend: "wasm",
  device: "2 cores",
  backend_reason: "asked for",
  versions: {},
  steps_total: 400,
  epochs_total: 20,
  samples: { train: 600 },
  classes: ["circle", "square"],
  modalities: ["image", "text"],
  objective: "mean cross-entropy + 1e-4‖w‖₁",
  findings: [],
  final: {},
};

/** The record of a finished run, with whatever the test says otherwise. */
export function runRecord(changes: Partial<RunRecord> = {}): RunRecord {
  return { ...RECORD, ...changes };
}

export function runDetail(
  values: RunDetail["values"] = {},
  changes: Partial<RunRecord> = {},
): RunDetail {
  return { record: runRecord(changes), values };
}

/** A finished run as a list shows it, with whatever the test says otherwise. */
export function runListEntry(
  changes: Partial<RunListEntry> = {},
  record: Partial<RunRecord> = {},
): RunListEntry {
  const whole = runRecord(record);
  const listed = parseListedRecord(whole);
  if (typeof listed === "string") throw new TypeError(listed);
  return {
    id: whole.id,
    folder: `/w/.normlens/runs/${whole.id}`,
    name: whole.name,
    notes: {},
    status: whole.status,
    started: whole.started,
    record: listed.record,
    step: 400,
    epoch: 20,
    latest: listed.final,
    ...changes,
  };
}
