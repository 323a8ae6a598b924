import { isJsonObject } from "../formats/json-object.ts";
import {
  type Decoder,
  fault,
  faultText,
  finiteNumber,
  listOf,
  naturalNumber,
  objectOf,
  oneOf,
  text,
} from "./decoder.ts";
import { jsonNumber, optionalRunFields, runFields } from "./parse-run-files.ts";
import { fromJsonNumber, type JsonNumber, type RunRecord, type SweepRecord } from "./run-files.ts";

/** What a list keeps of `run.json`; the rest is read of a run that is looked at. */
export interface ListedRecord
  extends Pick<
    RunRecord,
    | "name"
    | "status"
    | "pid"
    | "host"
    | "started"
    | "spec"
    | "spec_hash"
    | "set"
    | "backend"
    | "parent"
    | "steps_total"
    | "objective"
    | "penalties"
    | "reached"
    | "stopped_by"
    | "diagnoses"
  > {
  /** `tried` counts the λ of the path. */
  readonly selection?: { readonly lambda: number; readonly tried: number };
  /** `trials` counts them, `best` is the metric of the best one that was trained to the end. */
  readonly sweep?: Pick<SweepRecord, "metric" | "goal"> & {
    readonly trials: number;
    readonly best?: number;
  };
  readonly error?: { readonly message: string };
}

/** Metrics that a list shows, sorts by or tells a run by. */
const LISTED_METRICS: readonly string[] = [
  ...["test", "validation", "train"].flatMap((part) =>
    ["data_loss", "loss", "accuracy", "r2"].map((name) => `${part}/${name}`),
  ),
  "weights/all/zero_fraction",
];

/** Those of `values` that a list has a use for. */
export function listedMetrics(
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, number>> {
  const listed: Record<string, number> = {};
  for (const name of LISTED_METRICS) {
    const value = Object.hasOwn(values, name) ? fromJsonNumber(values[name]) : undefined;
    if (value !== undefined) listed[name] = value;
  }
  return listed;
}

interface Stored
  extends Omit<ListedRecord, "selection" | "sweep">,
    Pick<RunRecord, "format" | "id"> {
  readonly final: Readonly<Record<string, number>>;
  readonly selection?: { readonly lambda: number; readonly path: number };
  readonly sweep?: Pick<SweepRecord, "metric" | "goal" | "best"> & {
    readonly trials: readonly { readonly number: number; readonly value: JsonNumber }[];
  };
}

const lengthOf: Decoder<number> = (value) =>
  Array.isArray(value) ? { ok: true, value: value.length } : fault("a list", value);

/** There may be hundreds of final metrics, so those that a list has no use for are not looked at. */
const finalMetrics: Decoder<Readonly<Record<string, number>>> = (value) =>
  isJsonObject(value) ? { ok: true, value: listedMetrics(value) } : fault("an object", value);

const stored = objectOf<Stored>(
  {
    ...runFields,
    final: finalMetrics,
    selection: objectOf<NonNullable<Stored["selection"]>>({ lambda: finiteNumber, path: lengthOf }),
    sweep: objectOf<NonNullable<Stored["sweep"]>>(
      {
        metric: text,
        goal: oneOf("minimize", "maximize"),
        trials: listOf(objectOf({ number: naturalNumber, value: jsonNumber })),
        best: naturalNumber,
      },
      ["best"],
    ),
    error: objectOf<NonNullable<Stored["error"]>>({ message: text }),
  },
  optionalRunFields,
);

/** `final` holds the listed ones of the run's final metrics. */
export interface ParsedListedRecord {
  readonly record: ListedRecord;
  readonly final: Readonly<Record<string, number>>;
}

/** What a list keeps of the content of a `run.json`, or what is wrong with it. */
export function parseListedRecord(value: unknown): ParsedListedRecord | string {
  const decoded = stored(value);
  if (!decoded.ok) return faultText(decoded);
  const { format: _, id: __, final, selection, sweep, ...record } = decoded.value;
  return {
    record: {
      ...record,
      ...(selection === undefined
        ? {}
        : { selection: { lambda: selection.lambda, tried: selection.path } }),
      ...(sweep === undefined ? {} : { sweep: listedSweep(sweep) }),
    },
    final,
  };
}

function listedSweep({
  metric,
  goal,
  trials,
  best,
}: NonNullable<Stored["sweep"]>): NonNullable<ListedRecord["sweep"]> {
  const value = fromJsonNumber(trials.find(({ number }) => number === best)?.value);
  const hasBest = value !== undefined && Number.isFinite(value);
  return { metric, goal, trials: trials.length, ...(hasBest ? { best: value } : {}) };
}
