import { fourier } from "./fourier.ts";
import { SAMPLE_RATE, TONE_LENGTH } from "./play-tone.ts";

const WINDOW = 512;
const HOP = 256;
export const FRAMES = (TONE_LENGTH - WINDOW) / HOP + 1;
export const BANDS = 40;
/** Power under which a band counts as silent. */
const FLOOR = 1e-5;

/** Mel scale m = 2595 log₁₀(1 + f/700). @see O'Shaughnessy 1987, Speech Communication, p. 150. */
const toMel = (hertz: number) => 2595 * Math.log10(1 + hertz / 700);
const toHertz = (mel: number) => 700 * (10 ** (mel / 2595) - 1);

const hann = Float64Array.from(
  { length: WINDOW },
  (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / WINDOW),
);

/** Triangular filters [BANDS, WINDOW / 2 + 1], equally spaced on the mel scale up to half the rate. */
const filters: readonly Float64Array[] = (() => {
  const edges = Array.from({ length: BANDS + 2 }, (_, index) =>
    toHertz((toMel(SAMPLE_RATE / 2) * index) / (BANDS + 1)),
  );
  return Array.from({ length: BANDS }, (_, band) => {
    const [low = 0, centre = 0, high = 0] = edges.slice(band, band + 3);
    return Float64Array.from({ length: WINDOW / 2 + 1 }, (__, bin) => {
      const hertz = (bin * SAMPLE_RATE) / WINDOW;
      return Math.max(
        0,
        Math.min((hertz - low) / (centre - low), (high - hertz) / (high - centre)),
      );
    });
  });
})();

/**
 * Log-mel spectrogram of a waveform [TONE_LENGTH] into `target`, [FRAMES, BANDS].
 *
 * Power of the Hann-windowed discrete Fourier transform, summed by triangular mel filters; the
 * value is (log₁₀(16·power/window² + 10⁻⁵) + 5) / 5: 0 for silence, 1 for a full-scale sine.
 */
export function logMel(waveform: Float32Array, target: Float32Array): void {
  const real = new Float64Array(WINDOW);
  const imaginary = new Float64Array(WINDOW);
  for (let frame = 0; frame < FRAMES; frame++) {
    for (let index = 0; index < WINDOW; index++) {
      real[index] = (waveform[frame * HOP + index] ?? 0) * (hann[index] ?? 0);
    }
    imaginary.fill(0);
    fourier(real, imaginary);
    filters.forEach((filter, band) => {
      let power = 0;
      for (let bin = 0; bin < filter.length; bin++) {
        const weight = filter[bin] ?? 0;
        if (weight > 0) power += weight * ((real[bin] ?? 0) ** 2 + (imaginary[bin] ?? 0) ** 2);
      }
      const level = Math.log10((16 * power) / WINDOW ** 2 + FLOOR);
      target[frame * BANDS + band] = (level - Math.log10(FLOOR)) / -Math.log10(FLOOR);
    });
  }
}
