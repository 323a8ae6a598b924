import { DepthwiseConv2dNativeBackpropInput } from "@tensorflow/tfjs-core";
import { convolutionGeometry, shapeAttribute } from "./convolution-geometry.ts";
import { forEachDepthwiseTap } from "./depthwise-taps.ts";
import { openHeap } from "./heap.ts";
import { inputOf } from "./kernel-call.ts";
import type { WasmKernel } from "./wasm-kernel.ts";

/**
 * dx[b, h·s + i − p, w·s + j − p, c] = Σ dy[b, h, w, c·Q + q] · W[i, j, c, q].
 *
 * The gradient of a depthwise convolution by its input [batch, height, width, channels]; dilation 1.
 */
export const depthwiseBackpropInput: WasmKernel = {
  kernelName: DepthwiseConv2dNativeBackpropInput,
  create:
    () =>
    ({ inputs, backend, attrs }) => {
      const heap = openHeap(backend);
      const dy = inputOf(inputs, "dy");
      const filter = inputOf(inputs, "filter");
      const input = shapeAttribute(attrs, "inputShape");
      const geometry = convolutionGeometry(
        { input, filter: filter.shape, isDepthwise: true },
        attrs,
      );
      const gradient = heap.allocate(input);
      const [upstream, weights, sums] = [
        heap.floats(dy),
        heap.floats(filter),
        heap.floats(gradient),
      ];
      const { inChannels } = geometry;
      const multiplier = filter.shape[3] ?? 1;
      sums.fill(0);
      forEachDepthwiseTap(geometry, (inputStart, filterStart, outputStart) => {
        for (let channel = 0; channel < inChannels; channel++) {
          let sum = sums[inputStart + channel] ?? 0;
          const first = channel * multiplier;
          for (let index = first; index < first + multiplier; index++) {
            sum += (upstream[outputStart + index] ?? 0) * (weights[filterStart + index] ?? 0);
          }
          sums[inputStart + channel] = sum;
        }
      });
      return gradient;
    },
};
