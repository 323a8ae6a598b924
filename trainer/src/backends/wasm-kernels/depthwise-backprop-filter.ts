import { DepthwiseConv2dNativeBackpropFilter } from "@tensorflow/tfjs-core";
import { convolutionGeometry, shapeAttribute } from "./convolution-geometry.ts";
import { forEachDepthwiseTap } from "./depthwise-taps.ts";
import { openHeap } from "./heap.ts";
import { inputOf } from "./kernel-call.ts";
import type { WasmKernel } from "./wasm-kernel.ts";

/**
 * dW[i, j, c, q] = Σ x[b, h·s + i − p, w·s + j − p, c] · dy[b, h, w, c·Q + q].
 *
 * The gradient of a depthwise convolution by its filter [fh, fw, channels, Q]; dilation 1.
 */
export const depthwiseBackpropFilter: WasmKernel = {
  kernelName: DepthwiseConv2dNativeBackpropFilter,
  create:
    () =>
    ({ inputs, backend, attrs }) => {
      const heap = openHeap(backend);
      const x = inputOf(inputs, "x");
      const dy = inputOf(inputs, "dy");
      const filter = shapeAttribute(attrs, "filterShape");
      const geometry = convolutionGeometry({ input: x.shape, filter, isDepthwise: true }, attrs);
      const gradient = heap.allocate(filter);
      const [pixels, upstream, sums] = [heap.floats(x), heap.floats(dy), heap.floats(gradient)];
      const { inChannels } = geometry;
      const multiplier = filter[3] ?? 1;
      sums.fill(0);
      forEachDepthwiseTap(geometry, (inputStart, filterStart, outputStart) => {
        for (let channel = 0; channel < inChannels; channel++) {
          const pixel = pixels[inputStart + channel] ?? 0;
          const first = channel * multiplier;
          for (let index = first; index < first + multiplier; index++) {
            const product = pixel * (upstream[outputStart + index] ?? 0);
            sums[filterStart + index] = (sums[filterStart + index] ?? 0) + product;
          }
        }
      });
      return gradient;
    },
};
