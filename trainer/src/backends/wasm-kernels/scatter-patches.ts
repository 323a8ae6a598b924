import type { ConvolutionGeometry } from "./convolution-geometry.ts";
import { outputArea } from "./output-range.ts";

/**
 * Adds every patch back to the pixels it was taken from, also known as col2im.
 *
 * @param patches [batch · output pixels, filter height · filter width · channels].
 * @param image Receives [batch, height, width, channels]; what it held is overwritten.
 */
export function scatterPatches(
  geometry: ConvolutionGeometry,
  patches: Float32Array,
  image: Float32Array,
): void {
  image.fill(0);
  for (let batch = 0; batch < geometry.batchSize; batch++) {
    for (let tapRow = 0; tapRow < geometry.filterHeight; tapRow++) {
      for (let tapColumn = 0; tapColumn < geometry.filterWidth; tapColumn++) {
        addTap(geometry, { batch, tapRow, tapColumn }, patches, image);
      }
    }
  }
}

interface Tap {
  readonly batch: number;
  readonly tapRow: number;
  readonly tapColumn: number;
}

function addTap(
  geometry: ConvolutionGeometry,
  { batch, tapRow, tapColumn }: Tap,
  patches: Float32Array,
  image: Float32Array,
): void {
  const { inHeight, inWidth, outHeight, outWidth, inChannels, padInfo } = geometry;
  const { strideHeight, strideWidth, filterHeight, filterWidth } = geometry;
  const { rows, columns } = outputArea(geometry, tapRow, tapColumn);
  const patchSize = filterHeight * filterWidth * inChannels;
  const tapStart = (tapRow * filterWidth + tapColumn) * inChannels;
  for (let row = rows.first; row < rows.end; row++) {
    const inputRow = batch * inHeight + row * strideHeight + tapRow - padInfo.top;
    for (let column = columns.first; column < columns.end; column++) {
      const inputColumn = column * strideWidth + tapColumn - padInfo.left;
      const to = (inputRow * inWidth + inputColumn) * inChannels;
      const from = ((batch * outHeight + row) * outWidth + column) * patchSize + tapStart;
      for (let channel = 0; channel < inChannels; channel++) {
        image[to + channel] = (image[to + channel] ?? 0) + (patches[from + channel] ?? 0);
      }
    }
  }
}
