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
const GLIDE_SECONDS = 0.25;
const ATTACK_SECONDS = 0.004;

/**
 * The tone of a scene into `target`, [TONE_LENGTH], roughly in −1..1.
 *
 * Shape is the pitch, colour the timbre, size the decay, column the onset and row the glide.
 */
export function playTone(scene: Scene, random: Random, target: Float32Array): void {
  const detune = (random.uniform() - 0.5) * 0.6;
  const semitones = scene.shape * SEMITONES_APART + detune;
  const harmonics = harmonicsOf(scene.colour);
  const total = harmonics.reduce((sum, { strength }) => sum + strength, 0);
  const loudness = (0.8 + 0.2 * random.uniform()) / total;
  const onset = (ONSETS[scene.column] ?? 0) + random.uniform() * 0.01;
  const decay = (DECAYS[scene.size] ?? 0.1) * (0.9 + 0.2 * random.uniform());
  // Pitch and envelope change by a constant factor from sample to sample.
  const bend = 2 ** ((GLIDES[scene.row] ?? 0) / 12 / (GLIDE_SECONDS * SAMPLE_RATE));
  const fade = Math.exp(-1 / (decay * SAMPLE_RATE));
  let phase = random.uniform() * 2 * Math.PI;
  let advance = (2 * Math.PI * LOWEST_HERTZ * 2 ** (semitones / 12)) / SAMPLE_RATE;
  let envelope = loudness;

  const first = Math.ceil(onset * SAMPLE_RATE);
  target.fill(0);
  for (let index = first; index < TONE_LENGTH; index++) {
    let value = 0;
    for (const { order, strength } of harmonics) value += strength * Math.sin(phase * order);
    const attack = Math.min(1, (index - first) / (ATTACK_SECONDS * SAMPLE_RATE));
    target[index] = attack * envelope * value;
    phase += advance;
    envelope *= fade;
    if (index - first < GLIDE_SECONDS * SAMPLE_RATE) advance *= bend;
  }
}

function harmonicsOf(colour: number): readonly { order: number; strength: number }[] {
  return (TIMBRES[colour] ?? [1])
    .map((strength, index) => ({ order: index + 1, strength }))
    .filter(({ strength }) => strength > 0);
}
