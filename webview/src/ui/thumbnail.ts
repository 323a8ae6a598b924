import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";
import { element } from "./element.ts";

/** A stored picture at `size` CSS pixels, its own pixels kept sharp; `undefined` without one. */
export function thumbnail(
  view: EmbeddingView,
  index: number | undefined,
  size: number,
): HTMLCanvasElement | undefined {
  const { thumbnails } = view;
  if (thumbnails === undefined || index === undefined) return undefined;
  const { width, height, rgb } = thumbnails;
  const bytes = rgb.subarray(index * width * height * 3, (index + 1) * width * height * 3);
  if (bytes.length < width * height * 3) return undefined;
  const canvas = element("canvas", {
    className: "thumbnail",
    attributes: { width: String(width), height: String(height), "aria-hidden": "true" },
  });
  canvas.style.width = `${size}px`;
  canvas.style.height = `${size}px`;
  const pixels = new ImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    pixels.data[pixel * 4] = bytes[pixel * 3] ?? 0;
    pixels.data[pixel * 4 + 1] = bytes[pixel * 3 + 1] ?? 0;
    pixels.data[pixel * 4 + 2] = bytes[pixel * 3 + 2] ?? 0;
    pixels.data[pixel * 4 + 3] = 255;
  }
  canvas.getContext("2d")?.putImageData(pixels, 0, 0);
  return canvas;
}
