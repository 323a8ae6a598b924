/** A convolution: x [batch, height, width, channels], filter [height, width, channels, outputs]. */
export interface ConvolutionCase {
  readonly name: string;
  readonly x: readonly [number, number, number, number];
  readonly filter: readonly [number, number, number, number];
  readonly strides: number | [number, number];
  readonly pad: "valid" | "same" | number;
}

/** Shapes on which padding, stride, remainders of blocking and single sizes all differ. */
export const CONVOLUTION_CASES: readonly ConvolutionCase[] = [
  { name: "3x3 same", x: [2, 7, 6, 3], filter: [3, 3, 3, 4], strides: 1, pad: "same" },
  { name: "3x3 valid", x: [2, 7, 6, 3], filter: [3, 3, 3, 4], strides: 1, pad: "valid" },
  { name: "1x1", x: [3, 5, 5, 9], filter: [1, 1, 9, 17], strides: 1, pad: "valid" },
  { name: "even filter", x: [2, 8, 9, 2], filter: [2, 4, 2, 5], strides: 1, pad: "same" },
  { name: "stride 2 same", x: [2, 9, 8, 3], filter: [3, 3, 3, 4], strides: 2, pad: "same" },
  { name: "stride 2 valid", x: [2, 9, 8, 3], filter: [3, 3, 3, 4], strides: 2, pad: "valid" },
  { name: "stride [1, 3]", x: [1, 6, 11, 2], filter: [3, 2, 2, 3], strides: [1, 3], pad: "valid" },
  { name: "stride beyond filter", x: [2, 9, 9, 2], filter: [2, 2, 2, 3], strides: 3, pad: "valid" },
  {
    name: "filter of the whole image",
    x: [2, 4, 4, 3],
    filter: [4, 4, 3, 2],
    strides: 1,
    pad: "valid",
  },
  {
    name: "filter larger than image",
    x: [2, 2, 2, 1],
    filter: [5, 5, 1, 2],
    strides: 1,
    pad: "same",
  },
  { name: "padding of 1 pixel", x: [2, 5, 6, 2], filter: [3, 3, 2, 2], strides: 1, pad: 1 },
  { name: "padding beyond the filter", x: [2, 5, 6, 2], filter: [2, 2, 2, 2], strides: 1, pad: 3 },
  {
    name: "one channel, one image",
    x: [1, 16, 16, 1],
    filter: [3, 3, 1, 8],
    strides: 1,
    pad: "same",
  },
  { name: "many images", x: [70, 16, 16, 8], filter: [3, 3, 8, 8], strides: 1, pad: "same" },
];
