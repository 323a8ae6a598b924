/**
 * Extension host <-> panel page.
 *
 * Both unions hold plain data and typed arrays only. Everything the page shows comes from run
 * files through the host's worker; the page computes layouts, never statistics.
 */
import type { LambdaSelection, RunStatus } from "./run-files.ts";

export const PANEL_TABS = ["curves", "weights", "embeddings", "path"] as const;
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
  readonly error?: { readonly message: string; readonly where?: string };
  /** Milliseconds since the last write to the folder when this header was made. */
  readonly silentMs: number;
}

/**
 * One metric's new points; the four arrays have equal length. `times`: seconds since the Unix epoch.
 *
 * The arrays of one message share one buffer: VS Code passes at most 255 buffers with a message and
 * drops what is beyond without a word.
 */
export interface MetricPoints {
  readonly name: string;
  readonly steps: Float64Array;
  readonly epochs: Float64Array;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** One parameter tensor at one step, as `weights/layers.jsonl` has it. */
export interface LayerRow {
  readonly layer: string;
  readonly shape: readonly number[];
  readonly count: number;
  readonly zeros: number;
  readonly nonFinite: number;
  readonly l1: number;
  readonly l2: number;
  readonly maxAbs: number;
  readonly deadUnits?: number;
  readonly units?: number;
  /** Empty for none; absent where nobody knows, as in a weight file. */
  readonly penalty?: string;
  readonly histogram: {
    readonly edges: readonly number[];
    readonly counts: readonly number[];
    /** Bins are of equal width in log |w|, and are drawn so. */
    readonly isLog?: true;
  };
  readonly spectrum?: readonly number[];
  /** NumPy's name of the type in a weight file. */
  readonly dtype?: string;
  /** Its values have not been read yet, and nothing but name, shape and count is known. */
  readonly isPending?: true;
}

/** A weight file that was opened; its tensors come with it and are filled in while they are read. */
export interface WeightFileHeader {
  /** Without its folder. */
  readonly name: string;
  readonly format: string;
  readonly sizeBytes: number;
  /** Why nothing of the file can be shown. */
  readonly fault?: string;
}

/** The values of one tensor of two axes or more at one step, all axes but the last taken as one. */
export interface WeightMatrix {
  readonly layer: string;
  readonly step: number;
  readonly inputs: number;
  /** Length of the last axis. */
  readonly outputs: number;
  /** Row-major [inputs, outputs]. */
  readonly values: Float32Array;
  /** ‖w‖₂ of all weights into each output. */
  readonly norms: Float64Array;
  /** Magnitude that only few of the non-zero values exceed; 0 for a matrix of zeros. */
  readonly scale: number;
  /** Number of outputs, where these are an even choice of them. */
  readonly outputsTotal?: number;
}

/** Retrieval in the full dimension, from one modality to another. `n` pairs; `chance` is recall@1 by luck. */
export interface RetrievalRow {
  readonly from: string;
  readonly to: string;
  readonly n: number;
  readonly recall1: number;
  readonly recall5: number;
  readonly recall10: number;
  readonly mrr: number;
  readonly medianRank: number;
  readonly chance: number;
}

export interface EmbeddingItem {
  readonly row: number;
  readonly label: string;
  readonly caption: string;
  /** Index into `EmbeddingView.thumbnails`. */
  readonly thumbnail?: number;
}

/** Vectors of one modality in the joint projection. */
export interface EmbeddingCloud {
  readonly modality: string;
  /** Item row of each point. */
  readonly rows: Int32Array;
  /** x0, y0, x1, y1, … of the joint two-dimensional PCA. */
  readonly xy: Float32Array;
}

export interface EmbeddingView {
  readonly step: number;
  readonly epoch: number;
  readonly dimension: number;
  /** All items of the part; `clouds` may hold fewer where a modality is missing. */
  readonly items: readonly EmbeddingItem[];
  readonly clouds: readonly EmbeddingCloud[];
  /** Share of the variance of each of the two axes, 0..1. */
  readonly explained: readonly [number, number];
  readonly retrieval: readonly RetrievalRow[];
  /** ‖mean x − mean z‖ on the unit sphere. */
  readonly gaps: readonly { readonly a: string; readonly b: string; readonly value: number }[];
  /** mean ‖x − z‖² over the pairs, on the unit sphere. */
  readonly alignments: readonly {
    readonly a: string;
    readonly b: string;
    readonly value: number;
  }[];
  /** log mean exp(−2‖xᵢ − xⱼ‖²) over i < j, on the unit sphere. */
  readonly uniformities: readonly { readonly modality: string; readonly value: number }[];
  /**
   * For each pair of modalities in `retrieval` order: cosine of every true pair and the partner's
   * rank (1 is best), NaN where either side is missing; indexed by item row.
   */
  readonly pairs: readonly {
    readonly from: string;
    readonly to: string;
    readonly cosines: Float32Array;
    readonly ranks: Float32Array;
  }[];
  /**
   * Counts of the cosines of all that are no pairs, in equal bins over [−1, 1]; of an even choice of
   * rows where there are many.
   */
  readonly others: readonly {
    readonly a: string;
    readonly b: string;
    readonly counts: readonly number[];
  }[];
  /** RGB bytes, all of one size; absent when the run stored none. */
  readonly thumbnails?: {
    readonly width: number;
    readonly height: number;
    readonly rgb: Uint8Array;
  };
}

/**
 * Coefficients of a linear model along its path of λ; with several outputs, ‖·‖₂ over them, one a
 * feature.
 */
export interface CoefficientPaths {
  /** [K], descending. */
  readonly lambdas: Float64Array;
  /** Those that grow largest anywhere on the path, largest first. */
  readonly features: readonly string[];
  /** Of the model. */
  readonly featuresTotal: number;
  readonly outputs: number;
  /** Row-major [features, K], in the features' units. */
  readonly coefficients: Float64Array;
  /** The same times what the feature was divided by, so that features can be compared. */
  readonly sizes: Float64Array;
  readonly isStandardized: boolean;
  /** Features of the model that are not zero, by λ. */
  readonly kept: Float64Array;
}

/** Extension host -> page. */
export type ToPage =
  | { readonly type: "run/header"; readonly run: RunHeader }
  /** `reset` drops what the page holds before `points` are added. */
  | {
      readonly type: "metrics/append";
      readonly run: string;
      readonly reset: boolean;
      readonly points: readonly MetricPoints[];
    }
  /** All layers at one step; `steps` lists every step that can be asked for. */
  | {
      readonly type: "weights/snapshot";
      readonly run: string;
      readonly steps: readonly number[];
      readonly step: number;
      readonly layers: readonly LayerRow[];
    }
  | { readonly type: "weights/matrix"; readonly run: string; readonly matrix: WeightMatrix }
  /** Why the values of a layer that was asked for are not drawn. */
  | {
      readonly type: "weights/no-matrix";
      readonly run: string;
      readonly layer: string;
      readonly reason: string;
    }
  | {
      readonly type: "embeddings/view";
      readonly run: string;
      readonly steps: readonly number[];
      readonly view: EmbeddingView;
    }
  | { readonly type: "path/coefficients"; readonly run: string; readonly paths: CoefficientPaths }
  /** A weight file with all of its tensors; drops what the page holds. */
  | {
      readonly type: "file/header";
      readonly run: string;
      readonly file: WeightFileHeader;
      readonly layers: readonly LayerRow[];
    }
  /**
   * Tensors of which more is known now, in place of those of the same names; `share` of the file's
   * values is read, 0..1, where that has changed.
   */
  | {
      readonly type: "file/layers";
      readonly run: string;
      readonly layers: readonly LayerRow[];
      readonly share?: number;
    }
  /** Something that could not be read; shown, never hidden. */
  | { readonly type: "run/problem"; readonly run: string; readonly message: string }
  | { readonly type: "tab/show"; readonly tab: PanelTab };

/** Page -> extension host. */
export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "weights/request"; readonly step: number }
  | { readonly type: "weights/request-matrix"; readonly step: number; readonly layer: string }
  | { readonly type: "embeddings/request"; readonly step: number }
  /** Make this λ the one of the experiment file. */
  | { readonly type: "path/apply"; readonly lambda: number }
  | { readonly type: "run/stop" }
  | { readonly type: "run/open-spec" }
  | { readonly type: "run/open-log" }
  | { readonly type: "run/reveal" }
  | { readonly type: "text/copy"; readonly text: string };

const COMMANDS = ["ready", "run/stop", "run/open-spec", "run/open-log", "run/reveal"] as const;

/** Checks what a page sent; `undefined` for anything that is not a {@link FromPage}. */
export function parseFromPage(value: unknown): FromPage | undefined {
  if (typeof value !== "object" || value === null || !("type" in value)) return undefined;
  const { type } = value;
  const command = COMMANDS.find((name) => name === type);
  if (command !== undefined) return { type: command };
  if (type === "weights/request" || type === "embeddings/request") {
    return "step" in value && Number.isSafeInteger(value.step)
      ? { type, step: Number(value.step) }
      : undefined;
  }
  return parseDetailed(value);
}

/** Messages that say more than a step. */
function parseDetailed(value: object & { readonly type: unknown }): FromPage | undefined {
  const { type } = value;
  if (type === "weights/request-matrix") {
    const { step, layer } = { step: undefined, layer: undefined, ...value };
    return typeof step === "number" && Number.isSafeInteger(step) && typeof layer === "string"
      ? { type, step, layer }
      : undefined;
  }
  if (type === "path/apply") {
    const { lambda } = { lambda: undefined, ...value };
    return typeof lambda === "number" && Number.isFinite(lambda) ? { type, lambda } : undefined;
  }
  if (type === "text/copy" && "text" in value && typeof value.text === "string") {
    return { type, text: value.text };
  }
  return undefined;
}

const TO_PAGE: readonly string[] = [
  "run/header",
  "metrics/append",
  "weights/snapshot",
  "weights/matrix",
  "weights/no-matrix",
  "embeddings/view",
  "path/coefficients",
  "file/header",
  "file/layers",
  "run/problem",
  "tab/show",
] satisfies ToPage["type"][];

/** Narrow check of a message from the host: right envelope; the host's types vouch for the inside. */
export function isToPage(value: unknown): value is ToPage {
  return (
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    typeof value.type === "string" &&
    TO_PAGE.includes(value.type)
  );
}

/** Fails to compile when a `switch` over a message union forgets a member. */
export function assertNever(message: never): never {
  throw new TypeError(`Unhandled message: ${JSON.stringify(message)}`);
}
