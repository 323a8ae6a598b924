/** A box of equal sides cut out of an array, and where it lies. */
export interface Tile {
  /** Index of its first element along each axis. */
  readonly start: readonly number[];
  /** Shorter than the tile's shape at the ends of the array. */
  readonly size: readonly number[];
  /** Elements of the tiles before it, when tile follows tile in row-major order. */
  readonly offset: number;
}

/** Tiles along each axis. */
export function tileGrid(shape: readonly number[], tile: readonly number[]): number[] {
  return shape.map((side, axis) => Math.ceil(side / (tile[axis] ?? 1)));
}

/** The tile that holds the element `element` of those in tiled order. */
export function tileOfElement(
  shape: readonly number[],
  tile: readonly number[],
  element: number,
): Tile {
  const start: number[] = [];
  const size: number[] = [];
  let [offset, across, rest] = [0, 1, element];
  for (const [axis, side] of shape.entries()) {
    const below = elements(shape.slice(axis + 1));
    const depth = tile[axis] ?? 1;
    const slab = across * below * depth;
    const index = Math.min(Math.floor(rest / slab), Math.ceil(side / depth) - 1);
    const first = index * depth;
    const length = Math.min(depth, side - first);
    start.push(first);
    size.push(length);
    offset += index * slab;
    rest -= index * slab;
    across *= length;
  }
  return { start, size, offset };
}

/** Elements of an array, and the place of a box in it. */
export interface Box {
  readonly bytes: Uint8Array;
  readonly shape: readonly number[];
  readonly start: readonly number[];
}

/** Copies a box of `size` elements of `itemBytes` from one row-major array to another. */
export function copyBox(from: Box, to: Box, size: readonly number[], itemBytes: number): void {
  const runBytes = (size.at(-1) ?? 1) * itemBytes;
  const rows = elements(size.slice(0, -1));
  const index = size.slice(0, -1).map(() => 0);
  const placeOf = ({ shape, start }: Box) => {
    let place = 0;
    for (const [axis, side] of shape.entries())
      place = place * side + (start[axis] ?? 0) + (index[axis] ?? 0);
    return place * itemBytes;
  };
  for (let row = 0; row < rows; row++) {
    const source = placeOf(from);
    to.bytes.set(from.bytes.subarray(source, source + runBytes), placeOf(to));
    for (let axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = ((index[axis] ?? 0) + 1) % (size[axis] ?? 1);
      if (index[axis] !== 0) break;
    }
  }
}

function elements(sides: readonly number[]): number {
  return sides.reduce((product, side) => product * side, 1);
}
