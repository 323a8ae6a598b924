import { MaxPoolGrad } from "@tensorflow/tfjs-core";
import { type ConvolutionGeometry, poolingGeometry } from "./convolution-geometry.ts";
import { openHeap } from "./heap.ts";
import { inputOf } from "./kernel-call.ts";
import type { WasmKernel } from "./wasm-kernel.ts";

/**
 * dx[argmax of window o] += dy[o]: the gradient of max pooling.
 *
 * Shapes: input and result [batch, h, w, channels], dy [batch, h', w', channels]. The first of equal
 * maxima, row by row, gets all of the gradient, as on cpu. A window of nothing but NaN passes none on.
 */
export const maxPoolGrad: WasmKernel = {
  kernelName: MaxPoolGrad,
  create:
    () =>
    ({ inputs, backend, attrs }) => {
      const heap = openHeap(backend);
      const input = inputOf(inputs, "input");
      const dy = inputOf(inputs, "dy");
      const geometry = poolingGeometry(input.shape, attrs);
      const gradient = heap.allocate(input.shape);
      const target = heap.floats(gradient).fill(0);
      routeAll(geometry, { pixels: heap.floats(input), upstream: heap.floats(dy), target });
      return gradient;
    },
};

interface Images {
  readonly pixels: Float32Array;
  readonly upstream: Float32Array;
  readonly target: Float32Array;
}

function routeAll(geometry: ConvolutionGeometry, images: Images): void {
  const { batchSize, outHeight, outWidth, inChannels, inHeight, inWidth, padInfo } = geometry;
  const window = { firstRow: 0, endRow: 0, firstColumn: 0, endColumn: 0, inWidth, inChannels };
  let output = 0;
  for (let image = 0; image < batchSize; image++) {
    for (let row = 0; row < outHeight; row++) {
      const top = row * geometry.strideHeight - padInfo.top;
      window.firstRow = image * inHeight + Math.max(0, top);
      window.endRow = image * inHeight + Math.min(inHeight, top + geometry.filterHeight);
      for (let column = 0; column < outWidth; column++) {
        const left = column * geometry.strideWidth - padInfo.left;
        window.firstColumn = Math.max(0, left);
        window.endColumn = Math.min(inWidth, left + geometry.filterWidth);
        routeWindow(window, images, output);
        output += inChannels;
      }
    }
  }
}

/** Rows count through all images, so that an offset needs no image of its own. */
interface Window {
  readonly firstRow: number;
  readonly endRow: number;
  readonly firstColumn: number;
  readonly endColumn: number;
  readonly inWidth: number;
  readonly inChannels: number;
}

/** Hands the gradient of one output pixel, from offset `output` on, to where its maxima are. */
function routeWindow(window: Window, { pixels, upstream, target }: Images, output: number): void {
  const { firstRow, endRow, firstColumn, endColumn, inWidth, inChannels } = window;
  for (let channel = 0; channel < inChannels; channel++) {
    let maximum = Number.NEGATIVE_INFINITY;
    let position = -1;
    for (let row = firstRow; row < endRow; row++) {
      for (let column = firstColumn; column < endColumn; column++) {
        const at = (row * inWidth + column) * inChannels + channel;
        const value = pixels[at] ?? 0;
        if (value > maximum) {
          maximum = value;
          position = at;
        }
      }
    }
    if (position >= 0) {
      target[position] = (target[position] ?? 0) + (upstream[output + channel] ?? 0);
    }
  }
}
