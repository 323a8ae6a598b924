/** The Curves tab: metrics over steps, of the panel's own run and of those shown over it. */
import {
  type Decoder,
  finiteNumber,
  flag,
  listOf,
  naturalNumber,
  number,
  numbers64,
  objectOf,
  oneOf,
  text,
} from "../decoder.ts";
import type { MessageDecoders } from "./message-decoders.ts";

export const X_AXES = ["step", "epoch", "time"] as const;
export type XAxis = (typeof X_AXES)[number];

/**
 * One metric as it is drawn. The arrays ascend in step; `steps`, `epochs`, `times` and `values` have
 * equal length. `times`: seconds since the Unix epoch.
 *
 * Of a long metric these are the points that draw the same picture as all of it at the width that
 * was asked for.
 *
 * The arrays of one message share one buffer: VS Code passes at most 255 buffers with a message and
 * drops what is beyond without a word.
 */
export interface Curve {
  readonly name: string;
  /** Points that were logged. */
  readonly total: number;
  readonly steps: Float64Array;
  readonly epochs: Float64Array;
  readonly times: Float64Array;
  /** Smoothed where the metric is one that is smoothed and has the points for it. */
  readonly values: Float64Array;
  /**
   * Indices of the points that can be read off; metrics of the same lines share their steps there.
   * Empty where all points are here.
   */
  readonly marks: Float64Array;
  /** Least and greatest raw value around each mark, or around each point; empty without smoothing. */
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** How far a run has come. */
export interface Reached {
  readonly step: number;
  /** Over its last lines; absent while it cannot be told. */
  readonly stepsPerSecond?: number;
}

/** Curves of one run. */
export interface RunCurves {
  /** Of an `OtherRun`; empty for the panel's own. */
  readonly key: string;
  /** Whether what the page holds of the run is to be dropped first. */
  readonly reset: boolean;
  readonly reached?: Reached;
  readonly curves: readonly Curve[];
}

/** Metrics that are new or have grown, or all after a request or where files were replaced. */
export interface CurvesToPage {
  readonly type: "curves/window";
  readonly run: string;
  readonly runs: readonly RunCurves[];
}

/** What part of the curves the page shows; holds until the next request. */
export interface CurvesRequest {
  readonly type: "curves/window";
  readonly axis: XAxis;
  /** In units of the axis, times from the start of each run; without them the whole axis. */
  readonly from?: number;
  readonly to?: number;
  /** Pixels that the widest chart is drawn on. */
  readonly width: number;
  /** Weight of the moving average, 0..0.99. */
  readonly smoothing: number;
  /** Keys of the other runs whose curves are drawn. */
  readonly others: readonly string[];
  /** Metrics of the other runs that are drawn. */
  readonly metrics: readonly string[];
}

const curve: Decoder<Curve> = objectOf<Curve>({
  name: text,
  total: naturalNumber,
  steps: numbers64,
  epochs: numbers64,
  times: numbers64,
  values: numbers64,
  marks: numbers64,
  low: numbers64,
  high: numbers64,
});

export const CURVES_TO_PAGE: MessageDecoders<CurvesToPage> = {
  "curves/window": objectOf({
    type: oneOf("curves/window"),
    run: text,
    runs: listOf(
      objectOf<RunCurves>(
        {
          key: text,
          reset: flag,
          reached: objectOf<Reached>({ step: number, stepsPerSecond: number }, ["stepsPerSecond"]),
          curves: listOf(curve),
        },
        ["reached"],
      ),
    ),
  }),
};

export const CURVES_REQUESTS: MessageDecoders<CurvesRequest> = {
  "curves/window": objectOf<CurvesRequest>(
    {
      type: oneOf("curves/window"),
      axis: oneOf(...X_AXES),
      from: finiteNumber,
      to: finiteNumber,
      width: naturalNumber,
      smoothing: finiteNumber,
      others: listOf(text),
      metrics: listOf(text),
    },
    ["from", "to"],
  ),
};
