// Makes the small paired files of these examples: `node examples/multimodal/make-data.mjs`.
// Equal runs make equal files; nothing is downloaded.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));

let state = 20240607;
/** Uniform in [0, 1). */
function uniform() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}
const normal = () => Array.from({ length: 12 }, uniform).reduce((sum, part) => sum + part, -6);
const rowsOf = (count, make) => Array.from({ length: count }, (_, row) => make(row));

/** A matrix as NumPy's .npy, version 1.0, float32. */
function save(name, rows) {
  const [height, width] = [rows.length, rows[0].length];
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${height}, ${width}), }`;
  const header = text.padEnd(117) + "\n";
  const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  const values = Buffer.from(Float32Array.from(rows.flat()).buffer);
  writeFileSync(path.join(here, name), Buffer.concat([start, Buffer.from(header, "latin1"), values]));
}

// Colours: words of a caption (red green blue yellow purple cyan left right) and what a picture shows
// (mean red, green and blue, and how far right the shape is).
const PAINT = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [0.5, 0, 0.5], [0, 1, 1]];
const captions = rowsOf(240, () => {
  const words = new Array(8).fill(0);
  words[Math.floor(6 * uniform())] = 1;
  if (uniform() < 2 / 3) words[uniform() < 0.5 ? 6 : 7] = 1;
  return words;
});
const pictures = captions.map((words) => {
  const paint = PAINT[words.indexOf(1)];
  const place = words[7] - words[6];
  return [...paint, place].map((value) => value + 0.15 * normal());
});
save("colours-text.npy", captions);
save("colours-image.npy", pictures);

// Views: one uneven cloud of points, seen in two spaces that share no axis.
const CENTRES = rowsOf(7, () => [3 * normal(), 2 * normal(), normal()]);
const points = rowsOf(210, (row) => CENTRES[(row * row) % 7].map((value) => value + 0.45 * normal()));
const view = (width) => {
  const axes = rowsOf(3, () => rowsOf(width, normal));
  // Orthonormal rows keep all distances, so that only the axes differ.
  for (const [i, axis] of axes.entries()) {
    for (const other of axes.slice(0, i)) {
      const shared = axis.reduce((sum, value, k) => sum + value * other[k], 0);
      axis.forEach((_, k) => { axis[k] -= shared * other[k]; });
    }
    const length = Math.hypot(...axis);
    axis.forEach((_, k) => { axis[k] /= length; });
  }
  return points.map((point) =>
    rowsOf(width, (k) => point.reduce((sum, value, i) => sum + value * axes[i][k], 0.03 * normal())));
};
save("views-image.npy", view(6));
save("views-text.npy", view(5));

// Melodies: pitch and loudness over time, played twice at tempi that change on the way. The first
// recording has 24 frames, the second 30; a row holds the frames one after the other.
const curve = () => rowsOf(4, () => [normal(), 2 * Math.PI * uniform()]);
const at = (waves, time) =>
  waves.reduce((sum, [size, phase], k) => sum + (size / (1 + k)) * Math.sin((1 + k) * Math.PI * time + phase), 0);
const play = (melody, frames) => {
  const bend = 1.6 * uniform() - 0.8;
  return rowsOf(frames, (frame) => {
    const share = frame / (frames - 1);
    const time = share + bend * share * (1 - share);
    return melody.map((waves) => at(waves, time) + 0.05 * normal());
  }).flat();
};
const melodies = rowsOf(150, () => [curve(), curve()]);
save("melodies-audio.npy", melodies.map((melody) => play(melody, 24)));
save("melodies-text.npy", melodies.map((melody) => play(melody, 30)));
