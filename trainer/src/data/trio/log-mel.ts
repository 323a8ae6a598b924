import { createFourier } from "./fourier.ts";
import { SAMPLE_RATE, TONE_LENGTH } from "./play-tone.ts";

const WINDOW = 512;
const HOP = 256;
export const FRAMES = (TONE_LENGTH - WINDOW) / HOP + 1;
export const BANDS = 40;
const BINS = WINDOW / 2 + 1;
/** Power under which a band counts as silent. */
const FLOOR = 1e-5;

/** Mel scale m = 2595 log₁₀(1 + f/700). @see O'Shaughnessy 1987, Speech Communication, p. 150. */
const toMel = (hertz: number) => 2595 * Math.log10(1 + hertz / 700);
const toHertz = (mel: number) => 700 * (10 ** (mel / 2595) - 1);

const hann = Float64Array.from(
  { length: WINDOW },
  (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / WINDOW),
);

interface Filter {
  /** First bin of the transform with a weight above 0. */
  readonly start: number;
  readonly weights: Float64Array;
}

/** Triangular filters, equally spaced on the mel scale up to half the sample rate. */
const filters: readonly Filter[] = (() => {
  const edges = Array.from({ length: BANDS + 2 }, (_, index) =>
    toHertz((toMel(SAMPLE_RATE / 2) * index) / (BANDS + 1)),
  );
  return Array.from({ length: BANDS }, (_, band) => {
    const [low = 0, centre = 0, high = 0] = edges.slice(band, band + 3);
    const toBin = WINDOW / SAMPLE_RATE;
    const start = Math.ceil(low * toBin);
    const length = Math.max(0, Math.floor(high * toBin) - start + 1);
    const weights = Float64Array.from({ length }, (__, offset) => {
      const hertz = (start + offset) / toBin;
      return Math.max(
        0,
        Math.min((hertz - low) / (centre - low), (high - hertz) / (high - centre)),
      );
    });
    return { start, weights };
  });
})();

const fourier = createFourier(WINDOW);
const real = new Float64Array(WINDOW);
const imaginary = new Float64Array(WINDOW);
const power = new Float64Array(BINS);

/**
 * Log-mel spectrogram of a waveform [TONE_LENGTH] into `target`, [FRAMES, BANDS].
 *
 * Power of the Hann-windowed discrete Fourier transform, summed by triangular mel filters; the
 * value is (log₁₀(16·power/window² + 10⁻⁵) + 5) / 5: 0 for silence, 1 for a full-scale sine.
 *
 * Two frames share one transform, as its real and its imaginary part: the spectrum of a real
 * signal is conjugate symmetric, so the two come apart again.
 */
export function logMel(waveform: Float32Array, target: Float32Array): void {
  for (let frame = 0; frame < FRAMES; frame += 2) {
    windowed(waveform, frame, real);
    windowed(waveform, frame + 1, imaginary);
    fourier(real, imaginary);
    powerOfReal(real, imaginary);
    writeBands(target.subarray(frame * BANDS, (frame + 1) * BANDS));
    if (frame + 1 === FRAMES) return;
    // The frame in the imaginary part is that in the real part of the spectrum times −i.
    powerOfReal(imaginary, real);
    writeBands(target.subarray((frame + 1) * BANDS, (frame + 2) * BANDS));
  }
}

/** One frame times the window; zeros behind the end of the waveform. */
function windowed(waveform: Float32Array, frame: number, values: Float64Array): void {
  const start = frame * HOP;
  for (let index = 0; index < WINDOW; index++) {
    values[index] = (waveform[start + index] ?? 0) * (hann[index] ?? 0);
  }
}

/** |½(Zₖ + conj Z₋ₖ)|² for k = 0…N/2 into `power`, of the spectrum Z = `re` + i·`im`. */
function powerOfReal(re: Float64Array, im: Float64Array): void {
  for (let bin = 0; bin < BINS; bin++) {
    const mirrored = (WINDOW - bin) % WINDOW;
    const even = (re[bin] ?? 0) + (re[mirrored] ?? 0);
    const odd = (im[bin] ?? 0) - (im[mirrored] ?? 0);
    power[bin] = (even * even + odd * odd) / 4;
  }
}

/** Level of every band of `power`. */
function writeBands(levels: Float32Array): void {
  for (const [band, filter] of filters.entries()) {
    const level = Math.log10((16 * weighted(filter)) / WINDOW ** 2 + FLOOR);
    levels[band] = (level - Math.log10(FLOOR)) / -Math.log10(FLOOR);
  }
}

function weighted({ start, weights }: Filter): number {
  let sum = 0;
  for (let offset = 0; offset < weights.length; offset++) {
    sum += (weights[offset] ?? 0) * (power[start + offset] ?? 0);
  }
  return sum;
}
