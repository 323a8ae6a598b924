import { Conv2D, Conv2DBackpropInput, type TensorInfo } from "@tensorflow/tfjs-core";
import {
  type ConvolutionGeometry,
  convolutionGeometry,
  shapeAttribute,
} from "./convolution-geometry.ts";
import { openHeap, reshaped } from "./heap.ts";
import { inputOf } from "./kernel-call.ts";
import { multiply } from "./multiply.ts";
import { runKernel } from "./run-kernel.ts";
import { scatterPatches } from "./scatter-patches.ts";
import { transposeMatrix } from "./transpose-matrix.ts";
import type { WasmKernel } from "./wasm-kernel.ts";

/**
 * dx = dy ⋆ flipped filter: the gradient of a convolution by its input.
 *
 * Replaces the loops of tfjs: at stride 1 by a convolution with the flipped filter, else by a
 * product whose columns are added back to where the patches came from. Shapes: dy
 * [batch, h', w', out], filter [fh, fw, in, out], result [batch, h, w, in]; dilation 1.
 */
export const conv2dBackpropInput: WasmKernel = {
  kernelName: Conv2DBackpropInput,
  create:
    () =>
    ({ inputs, backend, attrs }) => {
      const dy = inputOf(inputs, "dy");
      const filter = inputOf(inputs, "filter");
      const input = shapeAttribute(attrs, "inputShape");
      const geometry = convolutionGeometry(
        { input, filter: filter.shape, isDepthwise: false },
        attrs,
      );
      return isPlainCorrelation(geometry)
        ? convolveFlipped(backend, geometry, dy, filter)
        : scatterProduct(backend, geometry, dy, filter);
    },
};

/** True where the flipped convolution needs no gaps between pixels and no negative padding. */
function isPlainCorrelation(geometry: ConvolutionGeometry): boolean {
  const { padInfo, filterHeight, filterWidth } = geometry;
  return (
    geometry.strideHeight === 1 &&
    geometry.strideWidth === 1 &&
    Math.max(padInfo.top, padInfo.bottom) < filterHeight &&
    Math.max(padInfo.left, padInfo.right) < filterWidth
  );
}

function convolveFlipped(
  backend: object,
  geometry: ConvolutionGeometry,
  dy: TensorInfo,
  filter: TensorInfo,
): TensorInfo {
  const heap = openHeap(backend);
  const { filterHeight, filterWidth, inChannels, outChannels, padInfo } = geometry;
  const flipped = heap.allocate([filterHeight, filterWidth, outChannels, inChannels]);
  const taps = filterHeight * filterWidth;
  const size = inChannels * outChannels;
  const source = heap.floats(filter);
  const target = heap.floats(flipped);
  for (let tap = 0; tap < taps; tap++) {
    const opposite = (taps - 1 - tap) * size;
    transposeMatrix(
      source.subarray(tap * size, (tap + 1) * size),
      target.subarray(opposite, opposite + size),
      inChannels,
      outChannels,
    );
  }
  const pad = [
    [0, 0],
    [filterHeight - 1 - padInfo.top, filterHeight - 1 - padInfo.bottom],
    [filterWidth - 1 - padInfo.left, filterWidth - 1 - padInfo.right],
    [0, 0],
  ];
  const inputs = { x: dy, filter: flipped };
  const gradient = runKernel(Conv2D, backend, inputs, {
    strides: 1,
    pad,
    dataFormat: "NHWC",
    dilations: 1,
  });
  heap.free(flipped);
  return gradient;
}

function scatterProduct(
  backend: object,
  geometry: ConvolutionGeometry,
  dy: TensorInfo,
  filter: TensorInfo,
): TensorInfo {
  const heap = openHeap(backend);
  const { outChannels } = geometry;
  const rows = geometry.batchSize * geometry.outHeight * geometry.outWidth;
  const columns = geometry.filterHeight * geometry.filterWidth * geometry.inChannels;
  const transposed = heap.allocate([outChannels, columns]);
  transposeMatrix(heap.floats(filter), heap.floats(transposed), columns, outChannels);
  const patches = multiply(backend, reshaped(dy, [rows, outChannels]), transposed);
  const gradient = heap.allocate(geometry.inShape);
  scatterPatches(geometry, heap.floats(patches), heap.floats(gradient));
  heap.free(transposed);
  heap.free(patches);
  return gradient;
}
