import { encode } from "fast-png";

/** A PNG of one colour. */
export function pngOf(
  width: number,
  height: number,
  [red, green, blue]: readonly [number, number, number],
) {
  const data = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) data.set([red, green, blue], pixel * 3);
  return encode({ width, height, data, channels: 3, depth: 8 });
}
