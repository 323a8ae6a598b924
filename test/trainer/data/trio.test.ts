import { describe, expect, test } from "vitest";
import type { TrioData } from "../../../core/experiment/experiment.ts";
import { drawImage } from "../../../trainer/src/data/trio/draw-image.ts";
import { BANDS, FRAMES, logMel } from "../../../trainer/src/data/trio/log-mel.ts";
import { playTone, TONE_LENGTH } from "../../../trainer/src/data/trio/play-tone.ts";
import { drawScenes } from "../../../trainer/src/data/trio/scene.ts";
import { trio } from "../../../trainer/src/data/trio.ts";
import type { Dataset } from "../../../trainer/src/dataset.ts";
import { createRandom } from "../../../trainer/src/random.ts";
import { loadContext } from "../../support/load-context.ts";

const NONE = { image: 0, text: 0, audio: 0 };
const DATA: TrioData = {
  source: "trio",
  samples: 108,
  seed: 5,
  noise: 0.05,
  image_size: 12,
  missing: NONE,
  mispaired: NONE,
};
const load = (change: Partial<TrioData> = {}) => trio.load({ ...DATA, ...change }, loadContext());
const modality = (dataset: Dataset, name: string) =>
  dataset.modalities.find((candidate) => candidate.name === name)!;

describe("trio", () => {
  test("gives the same samples for the same seed and others for another", async () => {
    expect(await load()).toEqual(await load());
    const [a, b] = [await load(), await load({ seed: 6 })];
    expect(modality(a, "image").data).not.toEqual(modality(b, "image").data);
    expect(a.captions).not.toEqual(b.captions);
  });

  test("balances classes and every factor", async () => {
    const { labels, classes } = await load();
    expect(classes).toHaveLength(6);
    for (const [label] of classes.entries()) {
      expect(labels.filter((value) => value === label)).toHaveLength(18);
    }
    const scenes = drawScenes(972, 1);
    for (const [factor, levels] of [
      ["colour", 6],
      ["size", 3],
      ["column", 3],
      ["row", 3],
    ] as const) {
      for (let level = 0; level < levels; level++) {
        expect(scenes.filter((scene) => scene[factor] === level)).toHaveLength(972 / levels);
      }
    }
  });

  test("has rows of the stated shapes, pixels in 0..1, and tokens that spell the caption", async () => {
    const dataset = await load();
    const [image, text, audio] = ["image", "text", "audio"].map((name) => modality(dataset, name));
    expect([image!.shape, audio!.shape]).toEqual([
      [12, 12, 3],
      [FRAMES, BANDS],
    ]);
    expect(image!.data).toHaveLength(108 * 12 * 12 * 3);
    expect(image!.data.every((value: number) => value >= 0 && value <= 1)).toBe(true);
    const length = text!.shape[0]!;
    for (const [row, caption] of dataset.captions.entries()) {
      const ids = [...text!.data.subarray(row * length, (row + 1) * length)].filter(
        (id) => id !== 0,
      );
      const words = ids.map((id) => text!.vocabulary?.[id]).join(" ");
      expect(caption).toBe(words.replaceAll(" ,", ",").replaceAll(" :", ":"));
    }
  });

  test("sets commas and colons of captions behind their word", async () => {
    const all = (await load()).captions.join("\n");
    expect(all).toMatch(/\w: a \w/);
    expect(all).toMatch(/\w, \w+, \w/);
    expect(all).not.toMatch(/ [,:]/);
  });

  test("takes a modality from exactly the stated share of rows and never the last one", async () => {
    const dataset = await load({ missing: { image: 0.25, text: 0, audio: 0.5 } });
    const absent = (name: string) =>
      modality(dataset, name).present.filter((bit) => bit === 0).length;
    expect([absent("image"), absent("text"), absent("audio")]).toEqual([27, 0, 54]);
    const image = modality(dataset, "image");
    const row = image.present.indexOf(0);
    expect(
      image.data.subarray(row * 432, (row + 1) * 432).every((value: number) => value === 0),
    ).toBe(true);

    const harsh = await load({ missing: { image: 0.9, text: 0.9, audio: 0.9 } });
    for (let index = 0; index < harsh.rows; index++) {
      expect(harsh.modalities.some(({ present }) => present[index] === 1)).toBe(true);
    }
  });

  test("mixes up exactly the stated share of pairs, every content still there once", async () => {
    const straight = modality(await load(), "text");
    const mixed = modality(await load({ mispaired: { ...NONE, text: 0.25 } }), "text");
    const moved = mixed.contentOf.filter((content, row) => content !== row);
    expect(moved).toHaveLength(27);
    expect([...mixed.contentOf].toSorted((a, b) => a - b)).toEqual([...straight.contentOf]);
    const length = mixed.shape[0]!;
    for (const [row, content] of mixed.contentOf.entries()) {
      expect(mixed.data.subarray(row * length, (row + 1) * length)).toEqual(
        straight.data.subarray(content * length, (content + 1) * length),
      );
    }
  });

  test("leaves the other modalities alone when one is taken away or mixed up", async () => {
    const [plain, changed] = [
      await load(),
      await load({ missing: { ...NONE, audio: 0.5 }, mispaired: { ...NONE, text: 0.5 } }),
    ];
    expect(modality(changed, "image").data).toEqual(modality(plain, "image").data);
    expect(changed.labels).toEqual(plain.labels);
    expect(changed.captions).toEqual(plain.captions);
  });

  test("rejects when it is cancelled", async () => {
    await expect(trio.load(DATA, loadContext({ signal: AbortSignal.abort() }))).rejects.toThrow();
  });
});

describe("drawImage", () => {
  test("covers a circle's area with ink, the antialiased edge included", () => {
    const size = 64;
    const pixels = new Float32Array(size * size * 3);
    const scene = { shape: 0, colour: 0, size: 1, column: 1, row: 1, rotation: 0 };
    const fixed = { ...createRandom(1, "fixed"), uniform: () => 0.5 };
    drawImage(scene, { size, noise: 0 }, fixed, pixels);
    const ground = pixels[0]!;
    const ink = 0.9 - ground;
    let area = 0;
    for (let pixel = 0; pixel < size * size; pixel++) area += (pixels[pixel * 3]! - ground) / ink;
    const radius = 0.92 * 0.25 * size;
    expect(area / (Math.PI * radius ** 2)).toBeCloseTo(1, 2);
  });
});

describe("logMel", () => {
  test("puts a tone's energy into the band of its pitch, 0 into silence", () => {
    const wave = new Float32Array(TONE_LENGTH);
    const target = new Float32Array(FRAMES * BANDS);
    logMel(wave, target);
    expect(Math.max(...target)).toBe(0);

    const strongest = (shape: number) => {
      const scene = { shape, colour: 0, size: 2, column: 0, row: 1, rotation: 0 };
      playTone(scene, createRandom(1, "tone"), wave);
      logMel(wave, target);
      const frame = target.subarray(2 * BANDS, 3 * BANDS);
      return frame.indexOf(Math.max(...frame));
    };
    // 300 Hz and 1272 Hz on 40 bands that are equally spaced in mel up to 4000 Hz.
    const mel = (hertz: number) => 2595 * Math.log10(1 + hertz / 700);
    const band = (hertz: number) => (mel(hertz) / mel(4000)) * (BANDS + 1) - 1;
    expect(Math.abs(strongest(0) - band(300))).toBeLessThanOrEqual(1);
    expect(Math.abs(strongest(5) - band(300 * 2 ** (25 / 12)))).toBeLessThanOrEqual(1);
  });

  test("equals the definition on noise, frame by frame, within 1e-6", () => {
    const random = createRandom(2, "noise");
    const wave = Float32Array.from({ length: TONE_LENGTH }, () => random.normal() / 4);
    const target = new Float32Array(FRAMES * BANDS);
    logMel(wave, target);
    const edges = Array.from({ length: BANDS + 2 }, (_, index) => {
      const mel = (2595 * Math.log10(1 + 4000 / 700) * index) / (BANDS + 1);
      return 700 * (10 ** (mel / 2595) - 1);
    });
    for (let frame = 0; frame < FRAMES; frame++) {
      const power = powerSpectrum(wave.subarray(frame * 256, frame * 256 + 512));
      for (let band = 0; band < BANDS; band++) {
        const [low = 0, centre = 0, high = 0] = edges.slice(band, band + 3);
        const sum = power.reduce((total, value, bin) => {
          const hertz = (bin * 8000) / 512;
          const weight = Math.min((hertz - low) / (centre - low), (high - hertz) / (high - centre));
          return total + Math.max(0, weight) * value;
        }, 0);
        const expected = (Math.log10((16 * sum) / 512 ** 2 + 1e-5) + 5) / 5;
        expect(Math.abs(target[frame * BANDS + band]! - expected)).toBeLessThan(1e-6);
      }
    }
  });
});

/** |Σ hann_n x_n e^(−2πi kn/N)|² for k = 0…N/2, term by term. */
function powerSpectrum(frame: Float32Array): number[] {
  const size = frame.length;
  return Array.from({ length: size / 2 + 1 }, (_, bin) => {
    let [real, imaginary] = [0, 0];
    for (const [n, value] of frame.entries()) {
      const windowed = value * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size));
      real += windowed * Math.cos((2 * Math.PI * bin * n) / size);
      imaginary -= windowed * Math.sin((2 * Math.PI * bin * n) / size);
    }
    return real ** 2 + imaginary ** 2;
  });
}
