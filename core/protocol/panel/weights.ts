/** The Weights tab: parameter tensors, of a run at one of its steps or of a weight file. */
import {
  type Decoder,
  guarded,
  listOf,
  naturalNumber,
  number,
  numbers32,
  numbers64,
  objectOf,
  oneOf,
  text,
} from "../decoder.ts";
import type { MessageDecoders } from "./message-decoders.ts";

/** One parameter tensor at one step, as `weights/layers.jsonl` has it. */
export interface LayerRow {
  readonly layer: string;
  readonly shape: readonly number[];
  readonly count: number;
  readonly zeros: number;
  /** Values with 0 < |w| < `nearZeroThreshold(maxAbs)`; absent in runs of earlier versions. */
  readonly nearZeros?: number;
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
  /** Singular values that cannot be taken for zero. */
  readonly rank?: number;
  /** σ₁/σ_min; absent where the rank is not full, for which it is ∞. */
  readonly condition?: number;
  /** The largest singular value that noise with the same median would have. */
  readonly noiseEdge?: number;
  /** NumPy's name of the type in a weight file. */
  readonly dtype?: string;
  /** Its values have not been read yet, and nothing but name, shape and count is known. */
  readonly isPending?: true;
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

export type WeightsToPage =
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
    };

export type WeightsRequest =
  | { readonly type: "weights/request"; readonly step: number }
  | { readonly type: "weights/request-matrix"; readonly step: number; readonly layer: string };

const isTrue = guarded("true", (value): value is true => value === true);

export const layerRow: Decoder<LayerRow> = objectOf<LayerRow>(
  {
    layer: text,
    shape: listOf(naturalNumber),
    count: number,
    zeros: number,
    nearZeros: number,
    nonFinite: number,
    l1: number,
    l2: number,
    maxAbs: number,
    deadUnits: number,
    units: number,
    penalty: text,
    histogram: objectOf<LayerRow["histogram"]>(
      { edges: listOf(number), counts: listOf(number), isLog: isTrue },
      ["isLog"],
    ),
    spectrum: listOf(number),
    rank: naturalNumber,
    condition: number,
    noiseEdge: number,
    dtype: text,
    isPending: isTrue,
  },
  [
    "nearZeros",
    "deadUnits",
    "units",
    "penalty",
    "spectrum",
    "rank",
    "condition",
    "noiseEdge",
    "dtype",
    "isPending",
  ],
);

const weightMatrix = objectOf<WeightMatrix>(
  {
    layer: text,
    step: naturalNumber,
    inputs: naturalNumber,
    outputs: naturalNumber,
    values: numbers32,
    norms: numbers64,
    scale: number,
    outputsTotal: naturalNumber,
  },
  ["outputsTotal"],
);

export const WEIGHTS_TO_PAGE: MessageDecoders<WeightsToPage> = {
  "weights/snapshot": objectOf({
    type: oneOf("weights/snapshot"),
    run: text,
    steps: listOf(naturalNumber),
    step: naturalNumber,
    layers: listOf(layerRow),
  }),
  "weights/matrix": objectOf({ type: oneOf("weights/matrix"), run: text, matrix: weightMatrix }),
  "weights/no-matrix": objectOf({
    type: oneOf("weights/no-matrix"),
    run: text,
    layer: text,
    reason: text,
  }),
};

export const WEIGHTS_REQUESTS: MessageDecoders<WeightsRequest> = {
  "weights/request": objectOf({ type: oneOf("weights/request"), step: naturalNumber }),
  "weights/request-matrix": objectOf({
    type: oneOf("weights/request-matrix"),
    step: naturalNumber,
    layer: text,
  }),
};
