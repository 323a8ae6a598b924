import type { ToPage } from "../../../core/protocol/webview.ts";

/** Buffers of a message's typed arrays, which the worker gives away with it. */
export function transferables(message: ToPage): ArrayBuffer[] {
  return arraysOf(message).flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
}

function arraysOf(message: ToPage): readonly ArrayBufferView[] {
  if (message.type === "metrics/append") {
    return message.points.flatMap(({ steps, epochs, times, values }) => [
      steps,
      epochs,
      times,
      values,
    ]);
  }
  if (message.type !== "embeddings/view") return [];
  const { clouds, pairs, thumbnails } = message.view;
  return [
    ...clouds.flatMap(({ rows, xy }) => [rows, xy]),
    ...pairs.flatMap(({ cosines, ranks }) => [cosines, ranks]),
    ...(thumbnails === undefined ? [] : [thumbnails.rgb]),
  ];
}
