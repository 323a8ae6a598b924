/**
 * Exponential moving average with the bias of its start taken out:
 * sᵢ = w·sᵢ₋₁ + (1 − w)·vᵢ, shown as sᵢ / (1 − wⁱ), i counting from 1.
 *
 * `weight` w in [0, 1): 0 returns the values as they are. A value that is not finite stays in place
 * and does not enter the average.
 */
export function smooth(values: Float64Array, weight: number): Float64Array {
  if (!(weight > 0)) return values;
  let average = 0;
  let bias = 1;
  return values.map((value) => {
    if (!Number.isFinite(value)) return value;
    average = weight * average + (1 - weight) * value;
    bias *= weight;
    return average / (1 - bias);
  });
}

/** Share of a curve that the window of an envelope may cover on either side. */
const WIDEST_WINDOW = 1 / 40;

/**
 * Points on either side that {@link envelope} looks at: 2 / (1 − w) for a smoothing weight w, less on
 * a curve of few points.
 */
export function envelopeRadius(weight: number, points: number): number {
  if (!(weight > 0)) return 0;
  const widest = Math.max(1, Math.floor(points * WIDEST_WINDOW));
  return Math.min(widest, Math.round(2 / (1 - Math.min(weight, 0.99))));
}

export interface Envelope {
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/**
 * Smallest and largest finite value within `radius` points of each point; NaN where the window holds
 * none. Linear in the number of points: each index enters and leaves its queue once.
 */
export function envelope(values: Float64Array, radius: number): Envelope {
  return {
    min: slidingExtreme(values, radius, (candidate, held) => candidate <= held),
    max: slidingExtreme(values, radius, (candidate, held) => candidate >= held),
  };
}

type Beats = (candidate: number, held: number) => boolean;

/**
 * Indices of finite values in a moving window, each beaten by none that came after it, so that the
 * first is always the extreme one.
 */
class ExtremeQueue {
  readonly #values: Float64Array;
  readonly #beats: Beats;
  readonly #indices: number[] = [];
  #head = 0;

  constructor(values: Float64Array, beats: Beats) {
    this.#values = values;
    this.#beats = beats;
  }

  enter(index: number): void {
    const value = this.#values[index] ?? Number.NaN;
    if (!Number.isFinite(value)) return;
    while (this.#indices.length > this.#head && this.#beats(value, this.#lastValue())) {
      this.#indices.pop();
    }
    this.#indices.push(index);
  }

  leaveBefore(first: number): void {
    while ((this.#indices[this.#head] ?? first) < first) this.#head++;
  }

  extreme(): number {
    return this.#values[this.#indices[this.#head] ?? -1] ?? Number.NaN;
  }

  #lastValue(): number {
    return this.#values[this.#indices.at(-1) ?? -1] ?? Number.NaN;
  }
}

function slidingExtreme(values: Float64Array, radius: number, beats: Beats): Float64Array {
  const queue = new ExtremeQueue(values, beats);
  let next = 0;
  return values.map((_, index) => {
    while (next <= Math.min(index + radius, values.length - 1)) queue.enter(next++);
    queue.leaveBefore(index - radius);
    return queue.extreme();
  });
}
