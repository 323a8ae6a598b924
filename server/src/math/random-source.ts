/** Uniform numbers in [0, 1), the same sequence for the same seed. */
export type RandomSource = () => number;

/**
 * The mulberry32 generator: one 32-bit word of state, full period 2³².
 *
 * Good enough to draw test points; not for statistics or secrets.
 *
 * @see Tommy Ettinger, mulberry32 (2017), public domain.
 */
export function randomSource(seed: number): RandomSource {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}
