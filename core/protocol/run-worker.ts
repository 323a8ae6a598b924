/**
 * Extension host <-> its run worker.
 *
 * The worker reads run folders and computes everything the page shows; the host only forwards.
 * Typed arrays of a `page` message are transferred, so the worker keeps no copy of them.
 */
import type { RunRecord, RunStatus } from "./run-files.ts";
import type { RunNotes } from "./run-notes.ts";
import type { ToPage } from "./webview.ts";

/** One run as a list shows it, without its series. */
export interface RunListEntry {
  /** Name of the run's folder. */
  readonly id: string;
  /** Absolute path of the run's folder. */
  readonly folder: string;
  /** The reader's name for it, else the record's. */
  readonly name: string;
  /** What the reader noted about it. */
  readonly notes: RunNotes;
  /** The record's status, or `lost` where the record says `running` and its process is gone. */
  readonly status: RunStatus;
  readonly started: string;
  /** `run.json` with the status above. */
  readonly record: RunRecord;
  /** Last logged step and epoch, 0 before the first. */
  readonly step: number;
  readonly epoch: number;
  /** Latest value of each metric among the last logged lines. */
  readonly latest: Readonly<Record<string, number>>;
}

/** A folder among the runs that cannot be read as one; shown, never hidden. */
export interface RunListProblem {
  readonly folder: string;
  readonly message: string;
}

/** Extension host -> worker. */
export type ToRunWorker =
  /** Asks for the runs below `<root>/.normlens/runs`; answered by a `list` of the same `id`. */
  | { readonly type: "list"; readonly id: number; readonly roots: readonly string[] }
  /**
   * Sends the run as it is (header, all metrics, latest weights, latest embeddings) and follows its
   * files from then on. Opening an open run sends everything again, which a re-created page needs.
   */
  | { readonly type: "open"; readonly folder: string }
  | { readonly type: "weights"; readonly folder: string; readonly step: number }
  | {
      readonly type: "matrix";
      readonly folder: string;
      readonly step: number;
      readonly layer: string;
    }
  | { readonly type: "embeddings"; readonly folder: string; readonly step: number }
  | { readonly type: "close"; readonly folder: string }
  /**
   * Opens a weight file, or opens it again, and sends what is in it while it is read; messages about
   * it name the file as their `folder`.
   */
  | { readonly type: "open-file"; readonly folder: string }
  | { readonly type: "file-matrix"; readonly folder: string; readonly layer: string }
  | { readonly type: "close-file"; readonly folder: string };

/** Worker -> extension host. */
export type FromRunWorker =
  /** Newest first. */
  | {
      readonly type: "list";
      readonly id: number;
      readonly runs: readonly RunListEntry[];
      readonly problems: readonly RunListProblem[];
    }
  /** To be forwarded to the page of `folder` as it is. */
  | { readonly type: "page"; readonly folder: string; readonly message: ToPage };

/** What needs nothing but the name of a run or file. */
const COMMANDS = ["open", "close", "open-file", "close-file"] as const;

/** Checks what a host sent; `undefined` for anything that is not a {@link ToRunWorker}. */
export function parseToRunWorker(value: unknown): ToRunWorker | undefined {
  if (typeof value !== "object" || value === null || !("type" in value)) return undefined;
  if (value.type === "list") {
    const { id, roots } = { id: undefined, roots: undefined, ...value };
    return typeof id === "number" && isStrings(roots) ? { type: "list", id, roots } : undefined;
  }
  if (!("folder" in value) || typeof value.folder !== "string") return undefined;
  const { type, folder } = value;
  const command = COMMANDS.find((name) => name === type);
  if (command !== undefined) return { type: command, folder };
  if (type === "file-matrix") {
    const { layer } = { layer: undefined, ...value };
    return typeof layer === "string" ? { type, folder, layer } : undefined;
  }
  if (type === "matrix" || type === "weights" || type === "embeddings") {
    return parseStepRequest(type, folder, value);
  }
  return undefined;
}

function parseStepRequest(
  type: "matrix" | "weights" | "embeddings",
  folder: string,
  value: object,
): ToRunWorker | undefined {
  const { step, layer } = { step: undefined, layer: undefined, ...value };
  if (typeof step !== "number" || !Number.isSafeInteger(step)) return undefined;
  if (type !== "matrix") return { type, folder, step };
  return typeof layer === "string" ? { type, folder, step, layer } : undefined;
}

/** Narrow check of a message from the worker: right envelope; the worker's types vouch for the inside. */
export function isFromRunWorker(value: unknown): value is FromRunWorker {
  if (typeof value !== "object" || value === null || !("type" in value)) return false;
  return (
    (value.type === "list" && "id" in value && "runs" in value && "problems" in value) ||
    (value.type === "page" && "folder" in value && "message" in value)
  );
}

/** True for a status that no longer changes by itself. */
export function hasEnded(status: RunStatus): boolean {
  return status !== "running";
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}
