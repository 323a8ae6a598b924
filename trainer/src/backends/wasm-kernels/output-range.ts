import type { ConvolutionGeometry } from "./convolution-geometry.ts";

/** Positions of one filter tap along one dimension. */
export interface TapPosition {
  readonly tap: number;
  readonly stride: number;
  readonly paddingBefore: number;
  readonly inputSize: number;
  readonly outputSize: number;
}

export interface OutputRange {
  readonly first: number;
  readonly end: number;
}

/**
 * Output positions [first, end) whose tap lies inside the input: o·stride + tap − padding in
 * [0, inputSize). Empty (first = end) where the tap only ever meets padding.
 */
export function outputRange(position: TapPosition): OutputRange {
  const { tap, stride, paddingBefore, inputSize, outputSize } = position;
  const first = Math.max(0, Math.ceil((paddingBefore - tap) / stride));
  const end = Math.min(outputSize, Math.floor((inputSize - 1 + paddingBefore - tap) / stride) + 1);
  return { first, end: Math.max(first, end) };
}

/** Output rows and columns at which the filter element (tapRow, tapColumn) meets a pixel. */
export function outputArea(
  geometry: ConvolutionGeometry,
  tapRow: number,
  tapColumn: number,
): { readonly rows: OutputRange; readonly columns: OutputRange } {
  const { inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, padInfo } = geometry;
  return {
    rows: outputRange({
      tap: tapRow,
      stride: strideHeight,
      paddingBefore: padInfo.top,
      inputSize: inHeight,
      outputSize: outHeight,
    }),
    columns: outputRange({
      tap: tapColumn,
      stride: strideWidth,
      paddingBefore: padInfo.left,
      inputSize: inWidth,
      outputSize: outWidth,
    }),
  };
}
