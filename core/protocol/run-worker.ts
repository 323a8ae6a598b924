/**
 * Extension host <-> its run worker.
 *
 * The worker reads run folders and computes everything the page shows; the host only forwards.
 * Typed arrays of a `page` message are transferred, so the worker keeps no copy of them.
 */
import { type Decoded, listOf, naturalNumber, objectOf, oneOf, text } from "./decoder.ts";
import type { ListedRecord } from "./listed-record.ts";
import { decodeMessage, type MessageDecoders } from "./panel/message-decoders.ts";
import type { RunRecord, RunStatus } from "./run-files.ts";
import type { RunLayers } from "./run-layers.ts";
import type { RunNotes } from "./run-notes.ts";
import { decodePanelRequest, type PanelRequest, type ToPage } from "./webview.ts";

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
  /** What a list keeps of `run.json`, with the status above. */
  readonly record: ListedRecord;
  /** Last logged step and epoch, 0 before the first. */
  readonly step: number;
  readonly epoch: number;
  /** Latest, else final values of the metrics that a list has a use for. */
  readonly latest: Readonly<Record<string, number>>;
}

/** A folder among the runs that cannot be read as one; shown, never hidden. */
export interface RunListProblem {
  readonly folder: string;
  readonly message: string;
}

/** A folder among the runs: a run, a problem, or a run whose notes are damaged, which is both. */
export interface ListedFolder {
  readonly folder: string;
  readonly run?: RunListEntry;
  readonly problem?: string;
}

/** What a look at folders of runs found changed since the look before. */
export interface RunListChange {
  readonly changed: readonly ListedFolder[];
  /** Folders that are no longer there. */
  readonly gone: readonly string[];
}

/** What a list leaves out of a run. */
export interface RunDetail {
  /** `run.json` with its status resolved. */
  readonly record: RunRecord;
  /** Latest, else final value of each metric. */
  readonly values: Readonly<Record<string, number>>;
}

export interface WrittenFile {
  readonly file: string;
}

/** A run as an export names it. */
export interface NamedRun {
  readonly folder: string;
  readonly name: string;
}

/** Extension host -> worker. */
export type ToRunWorker =
  /**
   * Looks for the runs below `<root>/.normlens/runs`; answered by `list` messages of the same `id`,
   * which tell what has changed since whatever look before.
   */
  | { readonly type: "list"; readonly id: number; readonly roots: readonly string[] }
  /** Looks at the runs in progress alone; answered as `list` is. */
  | { readonly type: "list-running"; readonly id: number }
  /** Reads all of a run's record; answered by a `detail` of the same `id`. */
  | { readonly type: "detail"; readonly id: number; readonly folder: string }
  /** Writes all metrics of runs to a CSV file; answered by an `exported` of the same `id`. */
  | {
      readonly type: "export-metrics";
      readonly id: number;
      readonly runs: readonly NamedRun[];
      /** Absolute path; what is there is replaced. */
      readonly file: string;
    }
  /**
   * Sends the run as it is (header, all metrics, latest weights, latest embeddings) and follows its
   * files from then on. Opening an open run sends everything again, which a re-created page needs.
   */
  | { readonly type: "open"; readonly folder: string }
  /**
   * Opens a weight file, or opens it again, and sends what is in it while it is read, and how it differs
   * from the file `against`; messages about it name the file as their `folder`.
   */
  | { readonly type: "open-file"; readonly folder: string; readonly against?: string }
  /** What the page of a run or file asked for; of one type only the last request need be answered. */
  | { readonly type: "request"; readonly folder: string; readonly request: PanelRequest }
  /** Folders of the runs to be shown over the run in `folder`. */
  | { readonly type: "others"; readonly folder: string; readonly others: readonly string[] }
  | { readonly type: "close"; readonly folder: string }
  /** Asks what the run in `folder` last counted of its layers; answered by `layers` of the same `id`. */
  | { readonly type: "layers"; readonly id: number; readonly folder: string }
  /** Asks for the names in the weight file `folder`; answered by `names` of the same `id`. */
  | { readonly type: "names"; readonly id: number; readonly folder: string };

/** Worker -> extension host. */
export type FromRunWorker =
  /** Newest names first; the first ones come while others are still being read. */
  | ({ readonly type: "list"; readonly id: number; readonly isLast: boolean } & RunListChange)
  /** A text says why there is none. */
  | { readonly type: "detail"; readonly id: number; readonly detail: RunDetail | string }
  /** A text says why nothing was written. */
  | { readonly type: "exported"; readonly id: number; readonly outcome: WrittenFile | string }
  /** To be forwarded to the page of `folder` as it is. */
  | { readonly type: "page"; readonly folder: string; readonly message: ToPage }
  /** A text says why there are none. */
  | { readonly type: "layers"; readonly id: number; readonly layers: RunLayers | string }
  | { readonly type: "names"; readonly id: number; readonly names: readonly string[] | string }
  /** The worker was sent what it does not know. */
  | { readonly type: "fault"; readonly message: string };

const TO_WORKER: MessageDecoders<ToRunWorker> = {
  list: objectOf({ type: oneOf("list"), id: naturalNumber, roots: listOf(text) }),
  "list-running": objectOf({ type: oneOf("list-running"), id: naturalNumber }),
  detail: objectOf({ type: oneOf("detail"), id: naturalNumber, folder: text }),
  "export-metrics": objectOf({
    type: oneOf("export-metrics"),
    id: naturalNumber,
    runs: listOf(objectOf<NamedRun>({ folder: text, name: text })),
    file: text,
  }),
  open: objectOf({ type: oneOf("open"), folder: text }),
  "open-file": objectOf<Extract<ToRunWorker, { type: "open-file" }>>(
    { type: oneOf("open-file"), folder: text, against: text },
    ["against"],
  ),
  request: objectOf({ type: oneOf("request"), folder: text, request: decodePanelRequest }),
  others: objectOf({ type: oneOf("others"), folder: text, others: listOf(text) }),
  close: objectOf({ type: oneOf("close"), folder: text }),
  layers: objectOf({ type: oneOf("layers"), id: naturalNumber, folder: text }),
  names: objectOf({ type: oneOf("names"), id: naturalNumber, folder: text }),
};

/** Checks what a host sent. */
export function decodeToRunWorker(value: unknown): Decoded<ToRunWorker> {
  return decodeMessage(TO_WORKER, value);
}

/** Narrow check of a message from the worker: right envelope; the worker's types vouch for the inside. */
export function isFromRunWorker(value: unknown): value is FromRunWorker {
  if (typeof value !== "object" || value === null || !("type" in value)) return false;
  return (
    (value.type === "list" && "id" in value && "changed" in value && "gone" in value) ||
    (value.type === "detail" && "id" in value && "detail" in value) ||
    (value.type === "exported" && "id" in value && "outcome" in value) ||
    (value.type === "page" && "folder" in value && "message" in value) ||
    (value.type === "layers" && "id" in value && "layers" in value) ||
    (value.type === "names" && "id" in value && "names" in value) ||
    (value.type === "fault" && "message" in value)
  );
}

/** True for a status that no longer changes by itself. */
export function hasEnded(status: RunStatus): boolean {
  return status !== "running";
}
