import type { ToPage } from "../../../core/protocol/webview.ts";

/** Buffers of a message's typed arrays, each once, which the worker gives away with it. */
export function transferables(message: ToPage): ArrayBuffer[] {
  const buffers = arraysOf(message).map(({ buffer }) => buffer);
  return [...new Set(buffers)].filter((buffer) => buffer instanceof ArrayBuffer);
}

function arraysOf(message: ToPage): readonly ArrayBufferView[] {
  // All arrays of a run's curves are views of one buffer.
  if (message.type === "curves/window") {
    return message.runs.flatMap(({ curves: [first] }) => first?.steps ?? []);
  }
  if (message.type === "weights/matrix") return [message.matrix.values, message.matrix.norms];
  if (message.type === "path/coefficients") {
    const { lambdas, coefficients, sizes, kept } = message.paths;
    return [lambdas, coefficients, sizes, kept];
  }
  if (message.type === "embeddings/projection") {
    return message.projection.clouds.flatMap(({ rows, xy }) => [rows, xy]);
  }
  if (message.type !== "embeddings/view") return [];
  const { clouds, pairs, items, thumbnails } = message.view;
  const { labelOf, captions, thumbnailOf } = items;
  return [
    labelOf,
    captions.bytes,
    captions.ends,
    thumbnailOf,
    ...clouds.flatMap(({ rows, xy }) => [rows, xy]),
    ...pairs.flatMap(({ cosines, ranks }) => [cosines, ranks]),
    ...(thumbnails === undefined ? [] : [thumbnails.rgb]),
  ];
}
