/** The Curves tab: metrics over steps. */
import { flag, listOf, numbers64, objectOf, oneOf, text } from "../decoder.ts";
import type { MessageDecoders } from "./message-decoders.ts";

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

/** `reset` drops what the page holds before `points` are added. */
export interface CurvesToPage {
  readonly type: "metrics/append";
  readonly run: string;
  readonly reset: boolean;
  readonly points: readonly MetricPoints[];
}

export const CURVES_TO_PAGE: MessageDecoders<CurvesToPage> = {
  "metrics/append": objectOf({
    type: oneOf("metrics/append"),
    run: text,
    reset: flag,
    points: listOf(
      objectOf<MetricPoints>({
        name: text,
        steps: numbers64,
        epochs: numbers64,
        times: numbers64,
        values: numbers64,
      }),
    ),
  }),
};
