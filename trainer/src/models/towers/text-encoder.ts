import {
  cast,
  div,
  expandDims,
  gather,
  maximum,
  mul,
  notEqual,
  type Rank,
  reshape,
  sum,
  type Tensor2D,
} from "@tensorflow/tfjs-core";
import { denseStack } from "../../layers/dense.ts";
import type { ParameterStore } from "../../layers/parameter-store.ts";
import type { Encoder } from "./encoder.ts";

/** Length of a token's vector. */
const TOKEN_WIDTH = 32;
const PADDING_ID = 0;

/**
 * The mean of the token vectors `text.embed.weight` [vocabulary, 32] over all tokens that are no
 * padding, then dense layers. A caption of padding alone has the mean 0.
 */
export function textEncoder(
  store: ParameterStore,
  prefix: string,
  vocabulary: number,
  widths: readonly number[],
): Encoder {
  // A mean of k vectors has 1/√k of their deviation; the factor keeps it near 1 for short captions.
  const embedding = store.weight(`${prefix}.embed.weight`, [vocabulary, TOKEN_WIDTH], 2);
  const layers = denseStack(store, prefix, TOKEN_WIDTH, widths);
  return {
    width: widths.at(-1) ?? TOKEN_WIDTH,
    encode(input) {
      const isToken = cast(notEqual(input, PADDING_ID), "float32");
      const vectors = gather(reshape<Rank.R2>(embedding, [vocabulary, TOKEN_WIDTH]), input);
      const total = sum<Tensor2D>(mul(vectors, expandDims(isToken, 2)), 1);
      return layers(div<Tensor2D>(total, maximum(sum(isToken, 1, true), 1)));
    },
  };
}
