import { mul, type Rank, reshape, sub } from "@tensorflow/tfjs-core";
import { elementCount } from "../../element-count.ts";
import { denseStack } from "../../layers/dense.ts";
import type { ParameterStore } from "../../layers/parameter-store.ts";
import type { Encoder } from "./encoder.ts";

/** A log-mel value is 0..1 and mostly small; moved and stretched to a mean near 0, a spread near 1. */
const MIDDLE = 0.25;
const STRETCH = 4;

/** The spectrogram [frames, bands] in one row, then dense layers. */
export function audioEncoder(
  store: ParameterStore,
  prefix: string,
  shape: readonly number[],
  widths: readonly number[],
): Encoder {
  const flat = elementCount(shape);
  const layers = denseStack(store, prefix, flat, widths);
  return {
    width: widths.at(-1) ?? flat,
    encode: (input) => layers(mul(sub(reshape<Rank.R2>(input, [-1, flat]), MIDDLE), STRETCH)),
  };
}
