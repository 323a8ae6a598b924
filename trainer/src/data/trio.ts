import type { Modality, TrioData } from "../../../core/experiment/experiment.ts";
import { MODALITIES } from "../../../core/experiment/experiment.ts";
import { dataSource } from "../data-source.ts";
import type { Dataset, ModalityData } from "../dataset.ts";
import { elementCount } from "../element-count.ts";
import { createRandom } from "../random.ts";
import { drawImage } from "./trio/draw-image.ts";
import { BANDS, FRAMES, logMel } from "./trio/log-mel.ts";
import { drawPresence, mixPairs } from "./trio/pairing.ts";
import { playTone, TONE_LENGTH } from "./trio/play-tone.ts";
import { drawScenes, type Scene, SHAPES } from "./trio/scene.ts";
import {
  CAPTION_LENGTH,
  joinPunctuation,
  tokenize,
  VOCABULARY,
  writeCaption,
} from "./trio/write-caption.ts";

/** Rows that are rendered before other work of the process gets its turn. */
const ROWS_PER_TURN = 256;

interface Rendered {
  readonly kind: ModalityData["kind"];
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
  readonly vocabulary?: readonly string[];
}

/**
 * Shapes in three modalities: a small picture, a caption and the spectrogram of a short tone.
 *
 * All three tell of the same five factors (shape, colour, size, column, row), each value of which
 * is equally frequent; the class is the shape. Everything is drawn from `seed`; each source of
 * randomness has a stream of its own. A mis-paired row keeps its label and its caption text for
 * display, only what the model reads is another row's.
 */
export const trio = dataSource("trio", async (data, { signal, report }) => {
  report(`Making ${data.samples} samples of trio`);
  const scenes = drawScenes(data.samples, data.seed);
  const captions = writeCaptions(scenes, data.seed);
  const rendered: Readonly<Record<Modality, Rendered>> = {
    image: await drawImages(scenes, data, signal),
    text: tokenizeAll(captions),
    audio: await playTones(scenes, data, signal),
  };
  const masks = drawPresence(
    data.samples,
    MODALITIES.map((name) => ({ name, rate: data.missing[name] })),
    data.seed,
  );
  const modalities = MODALITIES.map((name, index) => {
    const contentOf = mixPairs(
      data.samples,
      data.mispaired[name],
      data.seed,
      `trio/mispaired/${name}`,
    );
    const present = masks[index] ?? new Uint8Array(data.samples);
    return arrange(name, rendered[name], contentOf, present);
  });
  return {
    rows: data.samples,
    modalities,
    classes: SHAPES,
    labels: Int32Array.from(scenes, (scene) => scene.shape),
    captions: captions.map(joinPunctuation),
    thumbnails: thumbnailsOf(rendered.image.data, data.image_size),
  } satisfies Dataset;
});

function writeCaptions(scenes: readonly Scene[], seed: number): readonly string[] {
  const random = createRandom(seed, "trio/caption");
  return scenes.map((scene) => writeCaption(scene, random));
}

function tokenizeAll(captions: readonly string[]): Rendered {
  const data = new Int32Array(captions.length * CAPTION_LENGTH);
  captions.forEach((caption, row) => {
    tokenize(caption, data.subarray(row * CAPTION_LENGTH, (row + 1) * CAPTION_LENGTH));
  });
  return { kind: "tokens", shape: [CAPTION_LENGTH], data, vocabulary: VOCABULARY };
}

async function drawImages(
  scenes: readonly Scene[],
  { image_size: size, noise, seed }: TrioData,
  signal: AbortSignal,
): Promise<Rendered> {
  const random = createRandom(seed, "trio/image");
  const pixels = size * size * 3;
  const data = new Float32Array(scenes.length * pixels);
  await eachInTurns(scenes, signal, (scene, row) => {
    drawImage(scene, { size, noise }, random, data.subarray(row * pixels, (row + 1) * pixels));
  });
  return { kind: "image", shape: [size, size, 3], data };
}

async function playTones(
  scenes: readonly Scene[],
  { noise, seed }: TrioData,
  signal: AbortSignal,
): Promise<Rendered> {
  const random = createRandom(seed, "trio/tone");
  const noiseStream = createRandom(seed, "trio/tone-noise");
  const waveform = new Float32Array(TONE_LENGTH);
  const width = FRAMES * BANDS;
  const data = new Float32Array(scenes.length * width);
  await eachInTurns(scenes, signal, (scene, row) => {
    playTone(scene, random, waveform);
    const target = data.subarray(row * width, (row + 1) * width);
    logMel(waveform, target);
    for (let index = 0; index < target.length; index++) {
      target[index] = (target[index] ?? 0) + noise * noiseStream.normal();
    }
  });
  return { kind: "spectrogram", shape: [FRAMES, BANDS], data };
}

async function eachInTurns(
  scenes: readonly Scene[],
  signal: AbortSignal,
  render: (scene: Scene, row: number) => void,
): Promise<void> {
  for (const [row, scene] of scenes.entries()) {
    if (row % ROWS_PER_TURN === 0) {
      await new Promise(setImmediate);
      signal.throwIfAborted();
    }
    render(scene, row);
  }
}

/** Puts every row's content where it is shown and blanks what is missing. */
function arrange(
  name: string,
  { kind, shape, data, vocabulary }: Rendered,
  contentOf: Int32Array,
  present: Uint8Array,
): ModalityData {
  const width = elementCount(shape);
  const arranged =
    data instanceof Int32Array ? new Int32Array(data.length) : new Float32Array(data.length);
  contentOf.forEach((content, row) => {
    if (present[row] === 0) return;
    arranged.set(data.subarray(content * width, (content + 1) * width), row * width);
  });
  return {
    name,
    kind,
    shape,
    data: arranged,
    present,
    contentOf,
    ...(vocabulary === undefined ? {} : { vocabulary }),
  };
}

function thumbnailsOf(pixels: Float32Array | Int32Array, size: number) {
  const rgb = new Uint8Array(pixels.length);
  for (let index = 0; index < rgb.length; index++)
    rgb[index] = Math.round((pixels[index] ?? 0) * 255);
  return { width: size, height: size, rgb };
}
