import { createRandom } from "../../trainer/src/random.ts";
import { npyOfNumbers } from "./npy-of.ts";
import { zipOf } from "./zip-of.ts";

const ROWS = 60;
const COLUMNS = 4;

/** Small files of every kind of data that an experiment can name, by their names. */
export function tinyFiles(): Readonly<Record<string, string | Uint8Array>> {
  const random = createRandom(1, "tiny-files");
  const normals = (count: number) => Array.from({ length: count }, () => random.normal());
  const image = normals(ROWS * COLUMNS);
  const text = image.map((value, index) => value + 0.4 * Math.sin(5 * index));
  const kinds = Array.from({ length: ROWS }, (_, row) =>
    Number(image[row * COLUMNS]) > 0 ? 1 : 0,
  );
  const shape = [ROWS, COLUMNS];
  const npy = (values: readonly number[]) => npyOfNumbers(values, shape);
  const labels = npyOfNumbers(kinds, [ROWS]);
  const others = npyOfNumbers(kinds.toReversed(), [ROWS]);
  const square = normals(COLUMNS * COLUMNS);
  return {
    ...tables(image, kinds),
    "image.npy": npy(image.map((value, index) => (index < 3 * COLUMNS ? Number.NaN : value))),
    "text.npy": npy(text),
    "other.npy": npy(text.toReversed()),
    "labels.npy": labels,
    "others.npy": others,
    "views.npz": zipOf({ "first.npy": npy(text), "second.npy": npy(text.toReversed()) }),
    "labels.npz": zipOf({ "kinds.npy": labels, "others.npy": others }),
    "cube.npy": npyOfNumbers(
      normals(ROWS * 64)
        .map(Math.abs)
        .map(Math.tanh),
      [ROWS, 8, 8],
    ),
    "captions.jsonl": captions("00.jpg"),
    "lost.jsonl": captions("none.png"),
    "w.csv": rowsOf(square),
    "v.csv": rowsOf(square.toReversed()),
  };
}

/** Tables of two numbers a row, a code, a group, a time, a class and a number to be predicted. */
function tables(image: readonly number[], kinds: readonly number[]) {
  const cell = (row: number, column: number) => Number(image[row * COLUMNS + column]).toFixed(4);
  const lines = kinds.map((kind, row) => {
    const codes = [row % 3, `g${row % 12}`, (row * 7) % ROWS];
    return [cell(row, 0), cell(row, 1), ...codes, kind, (row * 5) % 2, cell(row, 2)];
  });
  const header = "a,b,code,who,day,kind,side,y";
  const table = (rows: readonly (readonly unknown[])[]) =>
    `${header}\n${rows.map((row) => row.join(",")).join("\n")}\n`;
  const holed = lines.map((line, row) => (row % 8 === 1 ? ["", ...line.slice(1)] : line));
  return {
    "points.csv": table(lines),
    "more.csv": table(lines.toReversed().slice(5)),
    "holes.csv": table(holed),
    "commas.csv": table(lines).replaceAll(",", ";").replaceAll(".", ","),
  };
}

function rowsOf(square: readonly number[]): string {
  const rows = Array.from({ length: COLUMNS }, (_, row) =>
    square.slice(row * COLUMNS, (row + 1) * COLUMNS).join(" "),
  );
  return `${rows.join("\n")}\n`;
}

/** Two captions of each of 24 example pictures, the first of which is named. */
function captions(first: string): string {
  const lines = Array.from({ length: 48 }, (_, line) => {
    const picture = Math.floor(line / 2);
    const names = [
      `${String(picture).padStart(2, "0")}.png`,
      `${String(picture).padStart(2, "0")}.jpg`,
    ];
    const image = picture === 0 ? first : names[picture % 5 === 0 ? 1 : 0];
    const words = ["red", "green", "blue", "disc", "left", "right", "low"];
    const caption = [3, 5, 7].map((factor) => words[(line * factor) % words.length]).join(" ");
    return JSON.stringify({ image, caption, label: picture % 2 === 0 ? "even" : "odd" });
  });
  return `${lines.join("\n")}\n`;
}
