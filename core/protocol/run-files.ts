import type { MetricGoal } from "./metric-goal.ts";
/**
 * Run files: what the trainer writes and everybody else reads, `.normlens/runs/<id>/`.
 *
 * Keys on disk are snake_case and these types mirror them one to one. Parsing never throws: a value
 * that is not of the stated form gives a `string` that says what was found.
 */

export const RUN_STATUSES = ["running", "finished", "failed", "cancelled", "lost"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** A number as JSON can hold it; the strings stand for values that JSON has no literal for. */
export type JsonNumber = number | "NaN" | "Infinity" | "-Infinity";

/** A finding that was open when the run was launched. `line` counts from 1. */
export interface FindingAtLaunch {
  readonly code: string;
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** The λ that was chosen, and the path it was chosen from. */
export interface LambdaSelection {
  /** With several groups, of the first. */
  readonly lambda: number;
  readonly rule: string;
  /** λ by group of features, or by penalty, where each has its own. */
  readonly groups?: Readonly<Record<string, number>>;
  /** Descending λ; empty where λ was not chosen from a path. */
  readonly path: readonly {
    readonly lambda: number;
    readonly mean: number;
    readonly se: number;
    readonly non_zeros: number;
  }[];
}

/** A penalty of the experiment with its λ as a number, whatever expression gave it. */
export interface RecordedPenalty {
  readonly norm: string;
  readonly lambda: number;
  /** Glob over parameter names; absent where it falls on all weights. */
  readonly on?: string;
}

/** Which parameters started from the weights of an earlier training. */
export interface TransferReport {
  /** The safetensors file. */
  readonly from: string;
  readonly matched: readonly string[];
  readonly missed: readonly { readonly name: string; readonly reason: string }[];
  /** Tensors of the file that the model has no parameter for. */
  readonly unused: readonly string[];
}

/** What the model is worth with a share of its weights removed. */
export interface SparsityPoint {
  /** Share that was asked for, 0..1. */
  readonly fraction: number;
  /** Share of exact zeros among the weights that the pruning falls on, 0..1. */
  readonly zero_fraction: number;
  /** Metrics by name, of the parts that were measured: "validation/accuracy". */
  readonly values: Readonly<Record<string, JsonNumber>>;
}

/** One training of a sweep. */
export interface SweepTrial {
  /** Counts from 1. */
  readonly number: number;
  /** Name of its run folder, beside the sweep's; empty where there is none. */
  readonly run: string;
  /** `key=value` pairs that make it differ from the experiment file. */
  readonly set: readonly string[];
  /** Epochs it was trained for. */
  readonly epochs: number;
  /** The metric after these epochs; "NaN" where it could not be measured. */
  readonly value: JsonNumber;
  readonly status: "waiting" | "eliminated" | "finished" | "failed" | "cancelled";
}

/** The trials of a sweep. */
export interface SweepRecord {
  /** Metric of the validation part that trials are compared by. */
  readonly metric: string;
  readonly goal: MetricGoal;
  /** Epochs after which trials are compared, ascending; the last are those of a whole training. */
  readonly rungs: readonly number[];
  readonly trials: readonly SweepTrial[];
  /** Number of the best trial that was trained to the end. */
  readonly best?: number;
}

/** `run.json`, replaced as a whole by temp file and rename. */
export interface RunRecord {
  readonly format: 1;
  /** Name of the run's folder. */
  readonly id: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly pid: number;
  readonly host: string;
  /** ISO 8601, UTC. */
  readonly started: string;
  readonly ended?: string;
  /** Experiment file as it was named at launch. */
  readonly spec: string;
  /** SHA-256 of the experiment file's bytes, hexadecimal. */
  readonly spec_hash: string;
  /** `key=value` pairs that replaced values of the experiment file; absent when there were none. */
  readonly set?: readonly string[];
  readonly seed: number;
  readonly backend: string;
  readonly device: string;
  /** Why `auto` took this backend, or "asked for". */
  readonly backend_reason: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly git_commit?: string;
  /** Name of the folder of the sweep that it is a trial of. */
  readonly parent?: string;
  readonly steps_total: number;
  readonly epochs_total: number;
  /** Sample counts of the parts, by name: train, validation, test. */
  readonly samples: Readonly<Record<string, number>>;
  readonly classes: readonly string[];
  readonly modalities: readonly string[];
  /** The objective in one line of plain text, with the user's own λ. */
  readonly objective: string;
  /** In the order of the file; absent where λ is yet to be chosen, and where there is none. */
  readonly penalties?: readonly RecordedPenalty[];
  readonly findings: readonly FindingAtLaunch[];
  /** The workspace was checked at launch; without it an empty list of findings says nothing. */
  readonly is_checked?: boolean;
  readonly final: Readonly<Record<string, JsonNumber>>;
  /** Where the training stood when it ended; absent while it goes on. */
  readonly reached?: { readonly step: number; readonly epoch: number };
  readonly selection?: LambdaSelection;
  readonly transfer?: TransferReport;
  readonly sparsity_curve?: readonly SparsityPoint[];
  /** Of a sweep: its trials. */
  readonly sweep?: SweepRecord;
  /** Of a trial that was not trained to its end: why. */
  readonly stopped_by?: string;
  /** What was seen to go wrong without ending the run: vanishing and exploding gradients. */
  readonly diagnoses?: readonly string[];
  /** Steps of the checkpoints that the run was resumed from. */
  readonly resumed?: readonly number[];
  readonly error?: {
    readonly message: string;
    readonly where?: string;
    /** File in the run folder with the last weights that were all finite. */
    readonly last_good_weights?: string;
  };
}

/** One line of `metrics.jsonl`. `time` is in seconds since the Unix epoch. */
export interface MetricLine {
  readonly step: number;
  readonly epoch: number;
  readonly time: number;
  readonly values: Readonly<Record<string, JsonNumber>>;
}

/** One line of `weights/layers.jsonl`: one parameter tensor at one step. */
export interface LayerLine {
  readonly step: number;
  readonly epoch: number;
  /** Parameter name, for example `image.0.weight`. */
  readonly layer: string;
  readonly shape: readonly number[];
  readonly count: number;
  /** Exact zeros, ±0. */
  readonly zeros: number;
  /** Entries with 0 < |w| < 2^(⌊log₂ max_abs⌋ − 10); absent in runs of earlier versions. */
  readonly near_zeros?: number;
  readonly non_finite: number;
  readonly l1: number;
  readonly l2: number;
  readonly max_abs: number;
  /** Output units whose incoming weights are all exactly zero; absent for biases. */
  readonly dead_units?: number;
  readonly units?: number;
  /** Human-readable penalty that falls on the tensor, empty when none does. */
  readonly penalty: string;
  /** Non-zero finite values; `edges` has one entry more than `counts`. */
  readonly histogram: { readonly edges: readonly number[]; readonly counts: readonly number[] };
  /** Singular values, largest first; absent for tensors that are not matrices. */
  readonly spectrum?: readonly number[];
}

/** One line of `embeddings/items.jsonl`: what the rows of all tensors in this folder stand for. */
export interface ItemLine {
  readonly row: number;
  readonly label: string;
  readonly caption: string;
  /** Row in `embeddings/thumbnails.safetensors`, tensor `image` uint8 [rows, height, width, 3]. */
  readonly thumbnail?: number;
  /** Modalities that this item lacks; their rows hold NaN. */
  readonly missing: readonly string[];
}

/** File names inside a run folder. */
export const RUN_FILES = {
  record: "run.json",
  /** The reader's, not the trainer's: see run-notes.ts. */
  notes: "notes.json",
  spec: "spec.yaml",
  metrics: "metrics.jsonl",
  log: "log.txt",
  layers: "weights/layers.jsonl",
  items: "embeddings/items.jsonl",
  thumbnails: "embeddings/thumbnails.safetensors",
  checkpoints: "checkpoints",
  /** Of a linear model with a path of λ, see `core/runs/coefficient-paths.ts`. */
  path: "path/coefficients.safetensors",
} as const;

/**
 * A file of this name in `.normlens/` asks the extension to open the newest run's panel once; it is
 * removed when that has been done. `npm start` leaves it for the window that it opens.
 */
export const OPEN_REQUEST = "open-run";

/** Name of a snapshot inside `weights/`, `embeddings/` or `checkpoints/`. */
export function stepFileName(step: number): string {
  return `step-${String(step).padStart(8, "0")}.safetensors`;
}

/** Step of a snapshot's file name; `undefined` for any other name. */
export function stepOfFileName(name: string): number | undefined {
  const digits = /^step-(\d{8,})\.safetensors$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export function toJsonNumber(value: number): JsonNumber {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "Infinity" : "-Infinity";
}

/** `undefined` when `value` is no {@link JsonNumber}. */
export function fromJsonNumber(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return value === "NaN" || value === "Infinity" || value === "-Infinity"
    ? Number(value)
    : undefined;
}
