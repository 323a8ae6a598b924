/** The Weights tab: parameter tensors, of a run at one of its steps or of a weight file. */
import {
  type Decoder,
  flag,
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
  /** How its values differ from those of the weight file that it is compared with. */
  readonly change?: ValueChange;
  /** Why there is no such difference: "only here". */
  readonly changeNote?: string;
}

/** Values A of a tensor beside those B of the same name in another weight file. */
export interface ValueChange {
  /** ‖A − B‖₂ / ‖B‖₂; absent where B is zero and A is not. */
  readonly relative?: number;
  /** max |A − B| */
  readonly maxAbs: number;
  /** Absent where A or B is zero. */
  readonly cosine?: number;
  /** Pairs of exactly the same value. */
  readonly equal: number;
  /** Zero in A and not in B. */
  readonly zerosGained: number;
  /** Zero in B and not in A. */
  readonly zerosLost: number;
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
  /** Of a difference: the run, by its key, and the step whose values were subtracted. */
  readonly minus?: OtherWeights;
}

/** Another run, by its key, at one of its steps. */
export interface OtherWeights {
  readonly other: string;
  readonly step: number;
}

/** A tensor at one of the steps of its history. */
export interface HistoryEntry {
  readonly step: number;
  readonly count: number;
  readonly zeros: number;
  readonly nonFinite: number;
  readonly histogram: LayerRow["histogram"];
}

/** A tensor over the steps; of very many steps an even choice. */
export interface LayerHistory {
  readonly layer: string;
  /** Stored steps. */
  readonly total: number;
  /** Ascending by step. */
  readonly entries: readonly HistoryEntry[];
}

/** How the values of a tensor differ from those of another run, over those finite in both. */
export interface LayerDifference {
  readonly layer: string;
  /** ‖A − B‖₂, A being this run's values. */
  readonly distance: number;
  /** max |A − B| */
  readonly maxAbs: number;
  /** Zero in A and not in B. */
  readonly zerosGained: number;
  /** Zero in B and not in A. */
  readonly zerosLost: number;
  /** Values that are not finite in A or in B. */
  readonly nonFinite: number;
}

export interface UnmatchedLayer {
  readonly layer: string;
  readonly reason: string;
}

/** The weights at one step beside those of another run, layers matched by name and shape. */
export interface WeightsDifference {
  readonly step: number;
  /** Key of the other run. */
  readonly other: string;
  readonly otherStep: number;
  /** Steps of the other run that can be asked for. */
  readonly otherSteps: readonly number[];
  /** The other run's rows of the layers that match, in this run's order. */
  readonly layers: readonly LayerRow[];
  readonly unmatched: readonly UnmatchedLayer[];
  /** Of the layers whose values have been compared so far. */
  readonly values: readonly LayerDifference[];
  /** Why values could not be compared. */
  readonly unread: readonly string[];
  /** True once all values have been read. */
  readonly isWhole: boolean;
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
    }
  | { readonly type: "weights/history"; readonly run: string; readonly history: LayerHistory }
  | {
      readonly type: "weights/difference";
      readonly run: string;
      readonly difference: WeightsDifference;
    }
  /** Why there is no difference from the other run that was asked for. */
  | {
      readonly type: "weights/no-difference";
      readonly run: string;
      readonly other: string;
      readonly reason: string;
    };

export type WeightsRequest =
  | { readonly type: "weights/request"; readonly step: number }
  | {
      readonly type: "weights/request-matrix";
      readonly step: number;
      readonly layer: string;
      /** Weights to be subtracted. */
      readonly minus?: OtherWeights;
    }
  | { readonly type: "weights/request-history"; readonly layer: string }
  | {
      readonly type: "weights/request-difference";
      readonly step: number;
      /** Key of a run that is shown beside this one. */
      readonly other: string;
      /** Without it, the last step beside the last one, else the nearest. */
      readonly otherStep?: number;
    };

const isTrue = guarded("true", (value): value is true => value === true);

const histogram = objectOf<LayerRow["histogram"]>(
  { edges: listOf(number), counts: listOf(number), isLog: isTrue },
  ["isLog"],
);

const valueChange = objectOf<ValueChange>(
  {
    relative: number,
    maxAbs: number,
    cosine: number,
    equal: number,
    zerosGained: number,
    zerosLost: number,
  },
  ["relative", "cosine"],
);

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
    histogram,
    spectrum: listOf(number),
    rank: naturalNumber,
    condition: number,
    noiseEdge: number,
    dtype: text,
    isPending: isTrue,
    change: valueChange,
    changeNote: text,
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
    "change",
    "changeNote",
  ],
);

const otherWeights = objectOf<OtherWeights>({ other: text, step: naturalNumber });

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
    minus: otherWeights,
  },
  ["outputsTotal", "minus"],
);

const layerHistory = objectOf<LayerHistory>({
  layer: text,
  total: naturalNumber,
  entries: listOf(
    objectOf<HistoryEntry>({
      step: naturalNumber,
      count: number,
      zeros: number,
      nonFinite: number,
      histogram,
    }),
  ),
});

const weightsDifference = objectOf<WeightsDifference>({
  step: naturalNumber,
  other: text,
  otherStep: naturalNumber,
  otherSteps: listOf(naturalNumber),
  layers: listOf(layerRow),
  unmatched: listOf(objectOf<UnmatchedLayer>({ layer: text, reason: text })),
  values: listOf(
    objectOf<LayerDifference>({
      layer: text,
      distance: number,
      maxAbs: number,
      zerosGained: number,
      zerosLost: number,
      nonFinite: number,
    }),
  ),
  unread: listOf(text),
  isWhole: flag,
});

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
  "weights/history": objectOf({
    type: oneOf("weights/history"),
    run: text,
    history: layerHistory,
  }),
  "weights/difference": objectOf({
    type: oneOf("weights/difference"),
    run: text,
    difference: weightsDifference,
  }),
  "weights/no-difference": objectOf({
    type: oneOf("weights/no-difference"),
    run: text,
    other: text,
    reason: text,
  }),
};

type RequestOf<Type extends WeightsRequest["type"]> = Extract<WeightsRequest, { type: Type }>;

export const WEIGHTS_REQUESTS: MessageDecoders<WeightsRequest> = {
  "weights/request": objectOf({ type: oneOf("weights/request"), step: naturalNumber }),
  "weights/request-matrix": objectOf<RequestOf<"weights/request-matrix">>(
    {
      type: oneOf("weights/request-matrix"),
      step: naturalNumber,
      layer: text,
      minus: otherWeights,
    },
    ["minus"],
  ),
  "weights/request-history": objectOf({ type: oneOf("weights/request-history"), layer: text }),
  "weights/request-difference": objectOf<RequestOf<"weights/request-difference">>(
    {
      type: oneOf("weights/request-difference"),
      step: naturalNumber,
      other: text,
      otherStep: naturalNumber,
    },
    ["otherStep"],
  ),
};
