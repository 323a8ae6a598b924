import { element } from "../ui/element.ts";

/** Red, green and blue, 0..255. */
export type Rgb = readonly [number, number, number];

let probe: CanvasRenderingContext2D | undefined;

/** Bytes of a CSS colour, however it is written; black where the browser cannot draw. */
export function rgbOf(color: string): Rgb {
  probe ??=
    element("canvas", { attributes: { width: "1", height: "1" } }).getContext("2d", {
      willReadFrequently: true,
    }) ?? undefined;
  if (probe === undefined) return [0, 0, 0];
  probe.fillStyle = color;
  probe.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = probe.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}
