import type { Random } from "../../random.ts";
import type { Scene } from "./scene.ts";

/** Samples per second. */
export const SAMPLE_RATE = 8000;
/** Samples of one tone: 0.512 s. */
export const TONE_LENGTH = 4096;

/** Five semitones from one shape's pitch to the next. */
const LOWEST_HERTZ = 300;
const SEMITONES_APART = 5;
/** Strength of the harmonics 1, 2, 3, … by colour. */
const TIMBRES: readonly (readonly number[])[] = [
  [1],
  [1, 0, 0.7],
  [0.6, 1],
  [1, 0.7, 0.5, 0.35],
  [0.35, 0, 1],
  [0.5, 0.5, 0.5, 0.5],
];
/** Seconds after which the tone has fallen to 1/e, by size. */
const DECAYS = [0.04, 0.11, 0.3] as const;
/** Seconds of silence before the tone, by column. */
const ONSETS = [0.01, 0.09, 0.17] as const;
/** Semitones that the pitch has moved at the end, by row: up for the top, down for the bottom. */
const GLIDES = [4, 0, -4] as const;
const ATTACK_SECONDS = 0.004;

/**
 * The tone of a scene into `target`, [TONE_LENGTH], roughly in −1..1.
 *
 * Shape is the pitch, colour the timbre, size the decay, column the onset and row the glide.
 */
export function playTone(scene: Scene, random: Random, target: Float32Array): void {
  const detune = (random.uniform() - 0.5) * 0.6;
  const semitones = scene.shape * SEMITONES_APART + detune;
  const harmonics = TIMBRES[scene.colour] ?? [1];
  const loudness = (0.8 + 0.2 * random.uniform()) / harmonics.reduce((sum, one) => sum + one, 0);
  const onset = (ONSETS[scene.column] ?? 0) + random.uniform() * 0.01;
  const decay = (DECAYS[scene.size] ?? 0.1) * (0.9 + 0.2 * random.uniform());
  const glide = GLIDES[scene.row] ?? 0;
  let phase = random.uniform() * 2 * Math.PI;

  for (let index = 0; index < TONE_LENGTH; index++) {
    const seconds = index / SAMPLE_RATE - onset;
    let value = 0;
    if (seconds >= 0) {
      const bent = semitones + Math.min(1, seconds / 0.25) * glide;
      phase += (2 * Math.PI * LOWEST_HERTZ * 2 ** (bent / 12)) / SAMPLE_RATE;
      const envelope = Math.min(1, seconds / ATTACK_SECONDS) * Math.exp(-seconds / decay);
      harmonics.forEach((strength, order) => {
        value += loudness * envelope * strength * Math.sin(phase * (order + 1));
      });
    }
    target[index] = value;
  }
}
