/** What the panel's frame shows of its run, whatever tab is selected. */
import {
  type Decoder,
  finiteNumber,
  listOf,
  naturalNumber,
  number,
  objectOf,
  oneOf,
  recordOf,
  text,
} from "../decoder.ts";
import { lambdaSelection, sparsityPoint, sweep } from "../parse-run-files.ts";
import {
  type LambdaSelection,
  RUN_STATUSES,
  type RunStatus,
  type SparsityPoint,
  type SweepRecord,
} from "../run-files.ts";
import type { MessageDecoders } from "./message-decoders.ts";

export const PANEL_TABS = ["curves", "weights", "embeddings", "path", "compare"] as const;
export type PanelTab = (typeof PANEL_TABS)[number];

/** What the header shows; sent again whenever `run.json` or the liveness of its process changes. */
export interface RunHeader {
  readonly id: string;
  readonly name: string;
  readonly status: RunStatus;
  readonly started: string;
  readonly ended?: string;
  readonly spec: string;
  readonly seed: number;
  readonly backend: string;
  readonly device: string;
  readonly backendReason: string;
  readonly stepsTotal: number;
  readonly epochsTotal: number;
  readonly samples: Readonly<Record<string, number>>;
  readonly classes: readonly string[];
  readonly modalities: readonly string[];
  readonly objective: string;
  readonly final: Readonly<Record<string, number>>;
  readonly findings: number;
  readonly selection?: LambdaSelection;
  /** What the model is worth with shares of its weights removed, where that was tried. */
  readonly sparsityCurve?: readonly SparsityPoint[];
  /** Of a sweep: its trials. */
  readonly sweep?: SweepRecord;
  readonly error?: { readonly message: string; readonly where?: string };
  /** Milliseconds since the last write to the folder when this header was made. */
  readonly silentMs: number;
}

export type RunToPage =
  | { readonly type: "run/header"; readonly run: RunHeader }
  /** Something that could not be read; shown, never hidden. */
  | { readonly type: "run/problem"; readonly run: string; readonly message: string }
  | { readonly type: "tab/show"; readonly tab: PanelTab };

/** What the reader wants done with the run. */
export type RunAction =
  | { readonly type: "ready" }
  | { readonly type: "run/stop" }
  | { readonly type: "run/open-spec" }
  | { readonly type: "run/open-log" }
  | { readonly type: "run/reveal" }
  | { readonly type: "text/copy"; readonly text: string };

export const runHeaderDecoder: Decoder<RunHeader> = objectOf<RunHeader>(
  {
    id: text,
    name: text,
    status: oneOf(...RUN_STATUSES),
    started: text,
    ended: text,
    spec: text,
    seed: number,
    backend: text,
    device: text,
    backendReason: text,
    stepsTotal: naturalNumber,
    epochsTotal: finiteNumber,
    samples: recordOf(number),
    classes: listOf(text),
    modalities: listOf(text),
    objective: text,
    final: recordOf(number),
    findings: naturalNumber,
    selection: lambdaSelection,
    sparsityCurve: listOf(sparsityPoint),
    sweep,
    error: objectOf<NonNullable<RunHeader["error"]>>({ message: text, where: text }, ["where"]),
    silentMs: number,
  },
  ["ended", "selection", "sparsityCurve", "sweep", "error"],
);

export const RUN_TO_PAGE: MessageDecoders<RunToPage> = {
  "run/header": objectOf({ type: oneOf("run/header"), run: runHeaderDecoder }),
  "run/problem": objectOf({ type: oneOf("run/problem"), run: text, message: text }),
  "tab/show": objectOf({ type: oneOf("tab/show"), tab: oneOf(...PANEL_TABS) }),
};

export const RUN_ACTIONS: MessageDecoders<RunAction> = {
  ready: objectOf({ type: oneOf("ready") }),
  "run/stop": objectOf({ type: oneOf("run/stop") }),
  "run/open-spec": objectOf({ type: oneOf("run/open-spec") }),
  "run/open-log": objectOf({ type: oneOf("run/open-log") }),
  "run/reveal": objectOf({ type: oneOf("run/reveal") }),
  "text/copy": objectOf({ type: oneOf("text/copy"), text }),
};
