import { dataFault } from "../../data-fault.ts";
import type { Dataset } from "../../dataset.ts";
import type { ArrayFacts } from "./array-files.ts";

/** Types of bytes, whose largest value is white. */
const BYTES: readonly string[] = ["uint8", "U8"];

/**
 * The data set with its features as pictures [height, width, channels]: bytes are divided by 255,
 * other numbers stay as they are, 0..1.
 *
 * @throws {UserError} If rows are no pictures, or a number is none of 0..1.
 */
export function asImages(dataset: Dataset, { shape, dtype, place }: ArrayFacts): Dataset {
  const [features] = dataset.modalities;
  const [, height, width, channels = 1] = shape;
  if (features === undefined || height === undefined || width === undefined || shape.length > 4) {
    throw dataFault(
      place,
      `pictures are [rows, height, width] or [rows, height, width, channels], the array is [${shape.join(", ")}]`,
      "Give such an array, or leave `kind: image` out",
    );
  }
  const most = BYTES.includes(dtype) ? 255 : 1;
  const data = Float32Array.from(features.data, (value) => value / most);
  const wrong = data.findIndex((value) => !(value >= 0 && value <= 1));
  if (wrong >= 0) {
    const row = Math.floor(wrong / (height * width * channels));
    throw dataFault(
      dataset.captions[row] ?? place,
      `a pixel is ${features.data[wrong]}; those of ${dtype} are 0 to ${most}`,
      "Scale the pixels, or save them as uint8",
    );
  }
  const image = {
    name: "image",
    kind: "image",
    shape: [height, width, channels],
    data,
    present: features.present,
    contentOf: features.contentOf,
  } as const;
  const rgb = channels === 1 || channels === 3 ? bytesOf(data, channels) : undefined;
  return {
    ...dataset,
    modalities: [image],
    ...(rgb === undefined ? {} : { thumbnails: { width, height, rgb } }),
  };
}

/** Red, green and blue of every pixel; a grey one has three of the same. */
function bytesOf(data: Float32Array, channels: 1 | 3): Uint8Array {
  const rgb = new Uint8Array((data.length / channels) * 3);
  for (let index = 0; index < rgb.length; index++) {
    const source = channels === 3 ? index : Math.floor(index / 3);
    rgb[index] = Math.round((data[source] ?? 0) * 255);
  }
  return rgb;
}
