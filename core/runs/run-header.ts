import type { RunHeader } from "../protocol/panel/run.ts";
import { fromJsonNumber, type JsonNumber, type RunRecord } from "../protocol/run-files.ts";

/** What the page's header shows of a record; `silentMs` counts from the last write to the folder. */
export function runHeader(record: RunRecord, silentMs: number): RunHeader {
  return {
    id: record.id,
    name: record.name,
    status: record.status,
    started: record.started,
    ...(record.ended === undefined ? {} : { ended: record.ended }),
    spec: record.spec,
    seed: record.seed,
    backend: record.backend,
    device: record.device,
    backendReason: record.backend_reason,
    stepsTotal: record.steps_total,
    epochsTotal: record.epochs_total,
    samples: record.samples,
    classes: record.classes,
    modalities: record.modalities,
    objective: record.objective,
    final: numbersOf(record.final),
    findings: record.findings.length,
    ...(record.selection === undefined ? {} : { selection: record.selection }),
    ...(record.sparsity_curve === undefined ? {} : { sparsityCurve: record.sparsity_curve }),
    ...(record.sweep === undefined ? {} : { sweep: record.sweep }),
    ...(record.error === undefined ? {} : { error: record.error }),
    silentMs,
  };
}

function numbersOf(values: Readonly<Record<string, JsonNumber>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, fromJsonNumber(value) ?? Number.NaN]),
  );
}
