import type { ConvolutionGeometry } from "./convolution-geometry.ts";
import { outputArea } from "./output-range.ts";

/**
 * Patches of images, one row per filter element: rows k = (tap row, tap column, channel), columns
 * m = (image, output row, output column). The transpose of what is usually called im2col.
 *
 * @param channelsFirst The images as [channels, images · height · width].
 * @param patches Receives [filter height · filter width · channels, images · output pixels].
 */
export function imagePatches(
  geometry: ConvolutionGeometry,
  images: number,
  channelsFirst: Float32Array,
  patches: Float32Array,
): void {
  const { filterHeight, filterWidth, inChannels } = geometry;
  const pixels = images * geometry.inHeight * geometry.inWidth;
  const columns = images * geometry.outHeight * geometry.outWidth;
  if (hasPadding(geometry)) patches.fill(0);
  let row = 0;
  for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
    for (let tapColumn = 0; tapColumn < filterWidth; tapColumn++) {
      for (let channel = 0; channel < inChannels; channel++) {
        const source = channelsFirst.subarray(channel * pixels, (channel + 1) * pixels);
        const target = patches.subarray(row * columns, (row + 1) * columns);
        copyTap(geometry, { tapRow, tapColumn, images }, source, target);
        row++;
      }
    }
  }
}

interface Tap {
  readonly tapRow: number;
  readonly tapColumn: number;
  readonly images: number;
}

/** Copies what one tap of one channel meets, image by image, row by row. */
function copyTap(
  geometry: ConvolutionGeometry,
  { tapRow, tapColumn, images }: Tap,
  source: Float32Array,
  target: Float32Array,
): void {
  const { inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, padInfo } = geometry;
  const { rows, columns } = outputArea(geometry, tapRow, tapColumn);
  for (let image = 0; image < images; image++) {
    for (let row = rows.first; row < rows.end; row++) {
      const inputRow = image * inHeight + row * strideHeight + tapRow - padInfo.top;
      const outputRow = (image * outHeight + row) * outWidth;
      let from = inputRow * inWidth + columns.first * strideWidth + tapColumn - padInfo.left;
      for (let to = outputRow + columns.first; to < outputRow + columns.end; to++) {
        target[to] = source[from] ?? 0;
        from += strideWidth;
      }
    }
  }
}

function hasPadding({ padInfo }: ConvolutionGeometry): boolean {
  return padInfo.top > 0 || padInfo.bottom > 0 || padInfo.left > 0 || padInfo.right > 0;
}
