import {
  type Decoder,
  fault,
  faultText,
  finiteNumber,
  flag,
  guarded,
  listOf,
  naturalNumber,
  objectOf,
  oneOf,
  recordOf,
  text,
} from "./decoder.ts";
import {
  type FindingAtLaunch,
  fromJsonNumber,
  type ItemLine,
  type JsonNumber,
  type LambdaSelection,
  type LayerLine,
  type MetricLine,
  type RecordedPenalty,
  RUN_STATUSES,
  type RunRecord,
  type SparsityPoint,
  type SweepRecord,
  type SweepTrial,
  type TransferReport,
} from "./run-files.ts";

export const jsonNumber = guarded(
  'a number, "NaN" or "±Infinity"',
  (value): value is JsonNumber => fromJsonNumber(value) !== undefined,
);

const dateAndTime = guarded(
  "a date and time",
  (value): value is string => typeof value === "string" && !Number.isNaN(Date.parse(value)),
);

const finding = objectOf<FindingAtLaunch>({
  code: text,
  name: text,
  path: text,
  line: naturalNumber,
  message: text,
});

export const lambdaSelection = objectOf<LambdaSelection>(
  {
    lambda: finiteNumber,
    rule: text,
    groups: recordOf(finiteNumber),
    path: listOf(
      objectOf({
        lambda: finiteNumber,
        mean: finiteNumber,
        se: finiteNumber,
        non_zeros: finiteNumber,
      }),
    ),
  },
  ["groups"],
);

const transfer = objectOf<TransferReport>({
  from: text,
  matched: listOf(text),
  missed: listOf(objectOf({ name: text, reason: text })),
  unused: listOf(text),
});

export const sparsityPoint = objectOf<SparsityPoint>({
  fraction: finiteNumber,
  zero_fraction: finiteNumber,
  values: recordOf(jsonNumber),
});

export const sweep = objectOf<SweepRecord>(
  {
    metric: text,
    goal: oneOf("minimize", "maximize"),
    rungs: listOf(naturalNumber),
    trials: listOf(
      objectOf<SweepTrial>({
        number: naturalNumber,
        run: text,
        set: listOf(text),
        epochs: naturalNumber,
        value: jsonNumber,
        status: oneOf("waiting", "eliminated", "finished", "failed", "cancelled"),
      }),
    ),
    best: naturalNumber,
  },
  ["best"],
);

const reached = objectOf<NonNullable<RunRecord["reached"]>>({
  step: naturalNumber,
  epoch: finiteNumber,
});

const recordedPenalties = listOf(
  objectOf<RecordedPenalty>({ norm: text, lambda: finiteNumber, on: text }, ["on"]),
);

/** What stands in a run's record however much of it is read. */
export const runFields = {
  format: oneOf(1),
  id: text,
  name: text,
  status: oneOf(...RUN_STATUSES),
  pid: naturalNumber,
  host: text,
  started: dateAndTime,
  spec: text,
  spec_hash: text,
  set: listOf(text),
  backend: text,
  parent: text,
  steps_total: naturalNumber,
  objective: text,
  penalties: recordedPenalties,
  reached,
  stopped_by: text,
  diagnoses: listOf(text),
} as const;

/** Those of the fields above and of what a list reads otherwise that a record may lack. */
export const optionalRunFields = [
  "set",
  "parent",
  "penalties",
  "reached",
  "selection",
  "sweep",
  "stopped_by",
  "diagnoses",
  "error",
] as const;

const runRecord = objectOf<RunRecord>(
  {
    ...runFields,
    ended: text,
    seed: finiteNumber,
    device: text,
    backend_reason: text,
    versions: recordOf(text),
    git_commit: text,
    epochs_total: finiteNumber,
    samples: recordOf(finiteNumber),
    classes: listOf(text),
    modalities: listOf(text),
    findings: listOf(finding),
    is_checked: flag,
    final: recordOf(jsonNumber),
    selection: lambdaSelection,
    transfer,
    sparsity_curve: listOf(sparsityPoint),
    sweep,
    resumed: listOf(naturalNumber),
    error: objectOf<NonNullable<RunRecord["error"]>>(
      { message: text, where: text, last_good_weights: text },
      ["where", "last_good_weights"],
    ),
  },
  [
    ...optionalRunFields,
    "ended",
    "git_commit",
    "is_checked",
    "transfer",
    "sparsity_curve",
    "resumed",
  ],
);

const metricLine = objectOf<MetricLine>({
  step: naturalNumber,
  epoch: finiteNumber,
  time: finiteNumber,
  values: recordOf(jsonNumber),
});

const binnedCounts = objectOf<LayerLine["histogram"]>({
  edges: listOf(finiteNumber),
  counts: listOf(naturalNumber),
});

const histogram: Decoder<LayerLine["histogram"]> = (value) => {
  const decoded = binnedCounts(value);
  return decoded.ok && decoded.value.edges.length !== decoded.value.counts.length + 1
    ? fault("one edge more than counts", value)
    : decoded;
};

const layerLine = objectOf<LayerLine>(
  {
    step: naturalNumber,
    epoch: finiteNumber,
    layer: text,
    shape: listOf(naturalNumber),
    count: naturalNumber,
    zeros: naturalNumber,
    near_zeros: naturalNumber,
    non_finite: naturalNumber,
    l1: finiteNumber,
    l2: finiteNumber,
    max_abs: finiteNumber,
    dead_units: naturalNumber,
    units: naturalNumber,
    penalty: text,
    histogram,
    spectrum: listOf(finiteNumber),
  },
  ["near_zeros", "dead_units", "units", "spectrum"],
);

const itemLine = objectOf<ItemLine>(
  {
    row: naturalNumber,
    label: text,
    caption: text,
    thumbnail: naturalNumber,
    missing: listOf(text),
  },
  ["thumbnail"],
);

/** Content of `run.json`, or what is wrong with it. */
export function parseRunRecord(value: unknown): RunRecord | string {
  return valueOrProblem(runRecord, value);
}

/** A line of `metrics.jsonl`, or what is wrong with it. */
export function parseMetricLine(value: unknown): MetricLine | string {
  return valueOrProblem(metricLine, value);
}

/** A line of `weights/layers.jsonl`, or what is wrong with it. */
export function parseLayerLine(value: unknown): LayerLine | string {
  return valueOrProblem(layerLine, value);
}

/** A line of `embeddings/items.jsonl`, or what is wrong with it. */
export function parseItemLine(value: unknown): ItemLine | string {
  return valueOrProblem(itemLine, value);
}

function valueOrProblem<T extends object>(decoder: Decoder<T>, value: unknown): T | string {
  const decoded = decoder(value);
  return decoded.ok ? decoded.value : faultText(decoded);
}
