import type { Dataset } from "../../trainer/src/dataset.ts";
import { createRandom } from "../../trainer/src/random.ts";

const ROWS = 6;
const CLASSES = ["even", "odd"];
const VOCABULARY = ["<padding>", "a", "b", "c", "d", "e", "f"];
/** Right-padded with 0; the last row is empty. */
const SENTENCES = [
  [1, 2, 3, 4, 5],
  [6, 5, 4, 0, 0],
  [2, 0, 0, 0, 0],
  [3, 3, 1, 6, 0],
  [5, 1, 2, 2, 4],
  [0, 0, 0, 0, 0],
];

/** Six rows with an image of 8×8, a tone and a sentence each; `padding` more places per sentence. */
export function smallDataset({ padding = 0 } = {}): Dataset {
  const random = createRandom(8, "small-dataset");
  const numbers = (width: number) =>
    Float32Array.from({ length: ROWS * width }, () => random.uniform());
  const everyRow = {
    present: new Uint8Array(ROWS).fill(1),
    contentOf: Int32Array.from({ length: ROWS }, (_, row) => row),
  };
  const sentences = SENTENCES.map((ids) => [...ids, ...Array.from({ length: padding }, () => 0)]);
  return {
    rows: ROWS,
    modalities: [
      { name: "image", kind: "image", shape: [8, 8, 3], data: numbers(8 * 8 * 3), ...everyRow },
      {
        name: "text",
        kind: "tokens",
        shape: [sentences[0]?.length ?? 0],
        data: Int32Array.from(sentences.flat()),
        vocabulary: VOCABULARY,
        ...everyRow,
      },
      { name: "audio", kind: "spectrogram", shape: [6, 5], data: numbers(30), ...everyRow },
    ],
    classes: CLASSES,
    labels: Int32Array.from({ length: ROWS }, (_, row) => row % CLASSES.length),
    captions: sentences.map((ids) => ids.map((id) => VOCABULARY[id]).join(" ")),
  };
}
