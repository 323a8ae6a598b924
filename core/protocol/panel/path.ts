/** The λ path tab: coefficients and errors over all λ. */
import {
  finiteNumber,
  flag,
  listOf,
  naturalNumber,
  numbers64,
  objectOf,
  oneOf,
  text,
} from "../decoder.ts";
import type { MessageDecoders } from "./message-decoders.ts";

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

export interface PathToPage {
  readonly type: "path/coefficients";
  readonly run: string;
  readonly paths: CoefficientPaths;
}

export type PathAction =
  /** Make this λ the one of the experiment file. */
  | { readonly type: "path/apply"; readonly lambda: number }
  /** Train again with more λ between these two. */
  | { readonly type: "path/finer"; readonly low: number; readonly high: number };

export const PATH_TO_PAGE: MessageDecoders<PathToPage> = {
  "path/coefficients": objectOf({
    type: oneOf("path/coefficients"),
    run: text,
    paths: objectOf<CoefficientPaths>({
      lambdas: numbers64,
      features: listOf(text),
      featuresTotal: naturalNumber,
      outputs: naturalNumber,
      coefficients: numbers64,
      sizes: numbers64,
      isStandardized: flag,
      kept: numbers64,
    }),
  }),
};

export const PATH_ACTIONS: MessageDecoders<PathAction> = {
  "path/apply": objectOf({ type: oneOf("path/apply"), lambda: finiteNumber }),
  "path/finer": objectOf({ type: oneOf("path/finer"), low: finiteNumber, high: finiteNumber }),
};
