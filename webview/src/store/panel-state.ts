import type { RunChanges } from "../../../core/protocol/panel/code.ts";
import type { RunComparison } from "../../../core/protocol/panel/compare.ts";
import type { Curve, Reached, XAxis } from "../../../core/protocol/panel/curves.ts";
import type {
  EmbeddingProjection,
  EmbeddingView,
  ProjectionKind,
} from "../../../core/protocol/panel/embeddings.ts";
import type { OtherRun } from "../../../core/protocol/panel/others.ts";
import type { CoefficientPaths } from "../../../core/protocol/panel/path.ts";
import type { PanelTab, RunHeader } from "../../../core/protocol/panel/run.ts";
import type { WeightFileHeader } from "../../../core/protocol/panel/weight-file.ts";
import type {
  LayerHistory,
  LayerRow,
  WeightMatrix,
  WeightsDifference,
} from "../../../core/protocol/panel/weights.ts";
import type { ToPage } from "../../../core/protocol/webview.ts";
import type { LayerSort } from "../layout/layer-sort.ts";
import type { ScatterSettings, ViewSettings } from "./view-settings.ts";

/** Metrics of one run. */
export type CurvesByName = ReadonlyMap<string, Curve>;

export interface WeightsState {
  readonly steps: readonly number[];
  readonly step: number;
  readonly layers: readonly LayerRow[];
}

export interface EmbeddingsState {
  readonly steps: readonly number[];
  readonly view: EmbeddingView;
}

/** A weight file, of whose values a share is read, 0..1. */
export interface WeightFileState extends WeightFileHeader {
  readonly share: number;
}

/** Everything the page knows. `run` is the id that all data belong to, of a file its path. */
export interface PanelState {
  readonly run?: string;
  readonly header?: RunHeader;
  /** What has changed since the run was launched. */
  readonly changes?: RunChanges;
  readonly file?: WeightFileState;
  /** Page clock at the last known write to the run folder, in milliseconds. */
  readonly lastWriteAtMs: number;
  /** Metrics of the panel's own run, by name. */
  readonly series: CurvesByName;
  /** How far the run has come, once it has logged a step. */
  readonly reached?: Reached;
  /** Metrics of the runs over it, by the key of the run. */
  readonly otherSeries: ReadonlyMap<string, CurvesByName>;
  readonly weights?: WeightsState;
  /** Values of the layer that was asked for last. */
  readonly matrix?: WeightMatrix;
  /** Why the layer that was asked for last is not drawn. */
  readonly undrawn?: { readonly layer: string; readonly reason: string };
  /** Over the steps, of the layer that was asked for last. */
  readonly layerHistory?: LayerHistory;
  /** From the run that was chosen last to compare the weights with. */
  readonly difference?: WeightsDifference;
  /** Why there is none. */
  readonly noDifference?: { readonly other: string; readonly reason: string };
  readonly embeddings?: EmbeddingsState;
  /** The step that is to be shown next, of which a share is read, 0..1. */
  readonly reading?: { readonly step: number; readonly share: number };
  /** The step that was to be shown and cannot be. */
  readonly unreadStep?: number;
  /** The picture of the embeddings that was asked for last. */
  readonly projection?: EmbeddingProjection;
  /** Why a picture that was asked for cannot be had. */
  readonly noProjection?: { readonly kind: ProjectionKind; readonly reason: string };
  /** Coefficients over all λ, of a linear model that chose its λ from a path. */
  readonly paths?: CoefficientPaths;
  /** Step that the reader scrubbed to; without one the newest step is followed. */
  readonly wantedWeightStep?: number;
  readonly wantedEmbeddingStep?: number;
  /** Runs that the reader ticked, to be shown over this one. */
  readonly others: readonly OtherRun[];
  /** This run against those, or against the baseline where there are none. */
  readonly comparison?: RunComparison;
  readonly problems: readonly string[];
  /** Problems that the reader has seen and put away; they do not come back. */
  readonly dismissedProblems: readonly string[];
  readonly settings: ViewSettings;
}

/** What the reader does. Requests to the host go out beside the reducer, never from it. */
export type Intent =
  | { readonly type: "tab/select"; readonly tab: PanelTab }
  | { readonly type: "axis/select"; readonly axis: XAxis }
  | { readonly type: "smoothing/set"; readonly weight: number }
  | { readonly type: "envelope/toggle" }
  | { readonly type: "log-y/toggle" }
  | { readonly type: "norm/select"; readonly norm: "l1" | "l2" }
  | { readonly type: "zoom/set"; readonly zoom: readonly [number, number] | undefined }
  | { readonly type: "lambda/select"; readonly lambda: number }
  | { readonly type: "layer/select"; readonly layer: string }
  | { readonly type: "layers/filter"; readonly text: string }
  | { readonly type: "layers/sort"; readonly sort: LayerSort | undefined }
  | { readonly type: "reference/select"; readonly key: string | undefined }
  | { readonly type: "group/toggle"; readonly group: string }
  | { readonly type: "class/toggle"; readonly label: string }
  | { readonly type: "modality/toggle"; readonly modality: string }
  | { readonly type: "run/toggle"; readonly key: string }
  | { readonly type: "scatter/set"; readonly change: Partial<ScatterSettings> }
  | { readonly type: "table/toggle"; readonly figure: string }
  | { readonly type: "compare/choose"; readonly key: string }
  | { readonly type: "compare/part"; readonly part: string }
  | { readonly type: "compare/toggle-equal" }
  | { readonly type: "compare/toggle-all" }
  | { readonly type: "problems/dismiss" }
  | { readonly type: "weights/scrub"; readonly step: number }
  | { readonly type: "embeddings/scrub"; readonly step: number };

export type Action =
  | { readonly type: "host"; readonly message: ToPage; readonly nowMs: number }
  /** A message that could not be understood. */
  | { readonly type: "fault"; readonly message: string }
  | { readonly type: "reader"; readonly intent: Intent };

export function initialState(settings: ViewSettings): PanelState {
  return {
    lastWriteAtMs: 0,
    series: new Map(),
    otherSeries: new Map(),
    others: [],
    problems: [],
    dismissedProblems: [],
    settings,
  };
}
