import { createRandom } from "../../random.ts";

export const SHAPES = ["circle", "square", "triangle", "star", "cross", "ring"] as const;
export const COLOURS = ["red", "green", "blue", "yellow", "purple", "cyan"] as const;
export const SIZES = ["small", "medium", "large"] as const;
export const COLUMNS = ["left", "centre", "right"] as const;
export const ROWS = ["top", "middle", "bottom"] as const;

/** Half of the smallest angle at which a shape looks like itself again would be 0.63 (the star). */
const MAX_ROTATION = 0.5;

/** What all three modalities of a row tell of, each in its own way. Fields index the lists above. */
export interface Scene {
  readonly shape: number;
  readonly colour: number;
  readonly size: number;
  readonly column: number;
  readonly row: number;
  /** Only the image shows it, radians within ±{@link MAX_ROTATION}. */
  readonly rotation: number;
}

/** `samples` values of 0..levels−1 in random order, each as often as any other, give or take one. */
function balanced(samples: number, levels: number, seed: number, name: string): Int32Array {
  return createRandom(seed, name)
    .permutation(samples)
    .map((value) => value % levels);
}

/** Scenes whose five factors are each balanced and independent of each other: 972 combinations. */
export function drawScenes(samples: number, seed: number): readonly Scene[] {
  const shapes = balanced(samples, SHAPES.length, seed, "trio/shape");
  const colours = balanced(samples, COLOURS.length, seed, "trio/colour");
  const sizes = balanced(samples, SIZES.length, seed, "trio/size");
  const columns = balanced(samples, COLUMNS.length, seed, "trio/column");
  const rows = balanced(samples, ROWS.length, seed, "trio/row");
  const random = createRandom(seed, "trio/rotation");
  return Array.from({ length: samples }, (_, index) => ({
    shape: shapes[index] ?? 0,
    colour: colours[index] ?? 0,
    size: sizes[index] ?? 0,
    column: columns[index] ?? 0,
    row: rows[index] ?? 0,
    rotation: (2 * random.uniform() - 1) * MAX_ROTATION,
  }));
}
