import type { Random } from "../../random.ts";
import { COLOURS, COLUMNS, ROWS, type Scene, SHAPES, SIZES } from "./scene.ts";

const WORDS = {
  shape: {
    circle: ["circle", "disc", "dot"],
    square: ["square", "box", "block"],
    triangle: ["triangle", "wedge"],
    star: ["star", "starlet"],
    cross: ["cross", "plus"],
    ring: ["ring", "hoop", "loop"],
  },
  colour: {
    red: ["red", "crimson", "scarlet"],
    green: ["green", "emerald"],
    blue: ["blue", "azure", "cobalt"],
    yellow: ["yellow", "golden"],
    purple: ["purple", "violet"],
    cyan: ["cyan", "turquoise"],
  },
  size: {
    small: ["small", "tiny", "little"],
    medium: ["medium", "mid-sized"],
    large: ["large", "big", "huge"],
  },
  column: { left: ["left"], centre: ["centre", "center"], right: ["right"] },
  row: { top: ["top", "upper"], middle: ["middle", "mid"], bottom: ["bottom", "lower"] },
} as const;

const TEMPLATES = [
  "a {size} {colour} {shape} at the {row} {column}",
  "{size} {shape} in {colour} , {row} {column}",
  "there is a {colour} {shape} , {size} , {row} {column}",
  "{row} {column} : a {size} {colour} {shape}",
] as const;

const PADDING = "<pad>";
const UNKNOWN = "<unknown>";
const UNKNOWN_ID = 1;

/** Words by token id; 0 is padding, 1 an unreadable word. */
export const VOCABULARY: readonly string[] = [
  PADDING,
  UNKNOWN,
  ...new Set([
    ...TEMPLATES.flatMap((template) => template.split(" ").filter((word) => !word.includes("{"))),
    ...Object.values(WORDS).flatMap((factor) => Object.values<readonly string[]>(factor).flat()),
  ]),
];
const ID_OF = new Map(VOCABULARY.map((word, id) => [word, id]));

/** Tokens of a row; shorter captions are padded at the end. */
export const CAPTION_LENGTH = Math.max(...TEMPLATES.map((template) => template.split(" ").length));

/** A caption as tokens with a blank between them: one of the templates, each factor named by one of its synonyms. */
export function writeCaption(scene: Scene, random: Random): string {
  const pick = (words: readonly string[]) => words[random.integer(words.length)] ?? UNKNOWN;
  const words: Readonly<Record<string, string>> = {
    shape: pick(WORDS.shape[SHAPES[scene.shape] ?? "circle"]),
    colour: pick(WORDS.colour[COLOURS[scene.colour] ?? "red"]),
    size: pick(WORDS.size[SIZES[scene.size] ?? "small"]),
    column: pick(WORDS.column[COLUMNS[scene.column] ?? "left"]),
    row: pick(WORDS.row[ROWS[scene.row] ?? "top"]),
  };
  return pick(TEMPLATES).replaceAll(/\{(\w+)\}/g, (_, name: string) => words[name] ?? UNKNOWN);
}

/** A caption for people: its punctuation joined to the word before it. */
export function joinPunctuation(caption: string): string {
  return caption.replaceAll(/ (?=[,:])/g, "");
}

/** Token ids of `caption` into `target`, [CAPTION_LENGTH], padded with 0. */
export function tokenize(caption: string, target: Int32Array): void {
  caption.split(" ").forEach((word, position) => {
    if (position < target.length) target[position] = ID_OF.get(word) ?? UNKNOWN_ID;
  });
}
