/** Pixels a side. */
export const SIDE = 32;
const PIXELS = SIDE * SIDE;
const CHANNELS = 3;
/** A label, then the red, the green and the blue plane, row by row. */
export const RECORD_BYTES = 1 + CHANNELS * PIXELS;

/**
 * Puts the planes of a record into `pixels` [height, width, channels], 0..1, and into `rgb`, 0..255.
 *
 * @see Krizhevsky 2009, https://www.cs.toronto.edu/~kriz/cifar.html, "Binary version".
 */
export function unpackRecord(record: Uint8Array, pixels: Float32Array, rgb: Uint8Array): void {
  for (let channel = 0; channel < CHANNELS; channel++) {
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      const value = record[1 + channel * PIXELS + pixel] ?? 0;
      rgb[pixel * CHANNELS + channel] = value;
      pixels[pixel * CHANNELS + channel] = value / 255;
    }
  }
}
