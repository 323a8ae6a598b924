import { Conv2DBackpropFilter, type TensorInfo } from "@tensorflow/tfjs-core";
import {
  type ConvolutionGeometry,
  convolutionGeometry,
  shapeAttribute,
} from "./convolution-geometry.ts";
import { openHeap } from "./heap.ts";
import { imagePatches } from "./image-patches.ts";
import { inputOf } from "./kernel-call.ts";
import { multiply } from "./multiply.ts";
import { transposeMatrix } from "./transpose-matrix.ts";
import type { WasmKernel } from "./wasm-kernel.ts";

/** Patches are made for a few images at a time, so that they stay in the processor's cache. */
const PATCH_ELEMENTS = 1 << 19;

/**
 * dW = patches(x)ᵀ · dy: the gradient of a convolution by its filter.
 *
 * Shapes: x [batch, h, w, in], dy [batch, h', w', out], result [fh, fw, in, out]; dilation 1. An
 * empty batch gives zeros.
 */
export const conv2dBackpropFilter: WasmKernel = {
  kernelName: Conv2DBackpropFilter,
  create:
    () =>
    ({ inputs, backend, attrs }) => {
      const heap = openHeap(backend);
      const x = inputOf(inputs, "x");
      const dy = inputOf(inputs, "dy");
      const filter = shapeAttribute(attrs, "filterShape");
      const geometry = convolutionGeometry({ input: x.shape, filter, isDepthwise: false }, attrs);
      const gradient = heap.allocate(filter);
      heap.floats(gradient).fill(0);
      const imagesAtOnce = imagesPerChunk(geometry);
      for (let first = 0; first < geometry.batchSize; first += imagesAtOnce) {
        const images = Math.min(imagesAtOnce, geometry.batchSize - first);
        const part = chunkGradient(backend, geometry, { x, dy, first, images });
        addInto(heap.floats(gradient), heap.floats(part));
        heap.free(part);
      }
      return gradient;
    },
};

interface Chunk {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
  readonly first: number;
  readonly images: number;
}

/** The same gradient from the images [first, first + images) alone. */
function chunkGradient(backend: object, geometry: ConvolutionGeometry, chunk: Chunk): TensorInfo {
  const heap = openHeap(backend);
  const { inChannels, outChannels } = geometry;
  const inPixels = geometry.inHeight * geometry.inWidth;
  const outPixels = geometry.outHeight * geometry.outWidth;
  const { first, images } = chunk;
  const channelsFirst = heap.allocate([inChannels, images * inPixels]);
  const patches = heap.allocate([patchRows(geometry), images * outPixels]);
  const upstream = heap.allocate([images * outPixels, outChannels]);

  const imageStart = first * inPixels * inChannels;
  const source = heap
    .floats(chunk.x)
    .subarray(imageStart, imageStart + images * inPixels * inChannels);
  transposeMatrix(source, heap.floats(channelsFirst), images * inPixels, inChannels);
  imagePatches(geometry, images, heap.floats(channelsFirst), heap.floats(patches));
  const upstreamStart = first * outPixels * outChannels;
  const upstreamView = heap.floats(upstream);
  upstreamView.set(
    heap.floats(chunk.dy).subarray(upstreamStart, upstreamStart + upstreamView.length),
  );

  const gradient = multiply(backend, patches, upstream);
  for (const tensor of [channelsFirst, patches, upstream]) heap.free(tensor);
  return gradient;
}

function imagesPerChunk(geometry: ConvolutionGeometry): number {
  const elements = patchRows(geometry) * geometry.outHeight * geometry.outWidth;
  return Math.max(1, Math.floor(PATCH_ELEMENTS / Math.max(1, elements)));
}

function patchRows({ filterHeight, filterWidth, inChannels }: ConvolutionGeometry): number {
  return filterHeight * filterWidth * inChannels;
}

function addInto(sum: Float32Array, part: Float32Array): void {
  for (let index = 0; index < sum.length; index++) {
    sum[index] = (sum[index] ?? 0) + (part[index] ?? 0);
  }
}
