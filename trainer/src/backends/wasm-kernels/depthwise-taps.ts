import type { ConvolutionGeometry } from "./convolution-geometry.ts";
import { outputArea } from "./output-range.ts";

/** Where one tap of a depthwise filter meets one pixel: offsets of the first channel of each. */
export type DepthwiseVisit = (inputStart: number, filterStart: number, outputStart: number) => void;

/**
 * Visits every (output pixel, filter tap) pair whose tap lies inside the input, filter tap first.
 *
 * Offsets count elements: input [batch, h, w, in], filter [fh, fw, in, multiplier], output
 * [batch, h', w', in · multiplier].
 */
export function forEachDepthwiseTap(geometry: ConvolutionGeometry, visit: DepthwiseVisit): void {
  for (let tapRow = 0; tapRow < geometry.filterHeight; tapRow++) {
    for (let tapColumn = 0; tapColumn < geometry.filterWidth; tapColumn++) {
      for (let batch = 0; batch < geometry.batchSize; batch++) {
        visitTap(geometry, { batch, tapRow, tapColumn }, visit);
      }
    }
  }
}

interface Tap {
  readonly batch: number;
  readonly tapRow: number;
  readonly tapColumn: number;
}

function visitTap(
  geometry: ConvolutionGeometry,
  { batch, tapRow, tapColumn }: Tap,
  visit: DepthwiseVisit,
): void {
  const { inHeight, inWidth, outHeight, outWidth, inChannels, outChannels, padInfo } = geometry;
  const { strideHeight, strideWidth, filterWidth } = geometry;
  const { rows, columns } = outputArea(geometry, tapRow, tapColumn);
  const filterStart = (tapRow * filterWidth + tapColumn) * outChannels;
  for (let row = rows.first; row < rows.end; row++) {
    const inputRow = batch * inHeight + row * strideHeight + tapRow - padInfo.top;
    for (let column = columns.first; column < columns.end; column++) {
      const inputColumn = column * strideWidth + tapColumn - padInfo.left;
      visit(
        (inputRow * inWidth + inputColumn) * inChannels,
        filterStart,
        ((batch * outHeight + row) * outWidth + column) * outChannels,
      );
    }
  }
}
