import type { ModalityData } from "../../dataset.ts";
import { convolutionStack } from "../../layers/convolution-stack.ts";
import { denseStack } from "../../layers/dense.ts";
import type { ParameterStore } from "../../layers/parameter-store.ts";
import type { Encoder } from "./encoder.ts";

/** Output channels of the convolutions; each halves height and width. */
const CHANNELS = [8, 16] as const;

/** Blocks `image.conv1`, `image.conv2` of convolution and pooling, then dense layers. */
export function imageEncoder(
  store: ParameterStore,
  modality: Pick<ModalityData, "name" | "shape">,
  widths: readonly number[],
): Encoder {
  const { name } = modality;
  const maps = convolutionStack(store, `${name}.`, modality, {
    channels: CHANNELS,
    nextStep: "Give the towers larger images",
  });
  const layers = denseStack(store, name, maps.width, widths);
  return {
    width: widths.at(-1) ?? maps.width,
    encode: (input) => layers(maps.apply(input)),
  };
}
