import { type Rank, reshape } from "@tensorflow/tfjs-core";
import { elementCount } from "../../element-count.ts";
import { denseStack } from "../../layers/dense.ts";
import type { ParameterStore } from "../../layers/parameter-store.ts";
import type { Encoder } from "./encoder.ts";

/** Numbers as they are, then dense layers. */
export function featuresEncoder(
  store: ParameterStore,
  prefix: string,
  shape: readonly number[],
  widths: readonly number[],
): Encoder {
  const columns = elementCount(shape);
  const layers = denseStack(store, prefix, columns, widths);
  return {
    width: widths.at(-1) ?? columns,
    encode: (input) => layers(reshape<Rank.R2>(input, [-1, columns])),
  };
}
