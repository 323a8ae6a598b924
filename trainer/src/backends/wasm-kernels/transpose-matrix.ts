/** Columns that are moved together: the cache lines they are written to stay in the first level. */
const BLOCK = 8;

/**
 * target[j, i] = source[i, j] for a row-major matrix [rows, columns].
 *
 * Blocked and unrolled, because the wasm backend's own transpose takes ten times as long where a
 * dimension is a large power of two.
 */
export function transposeMatrix(
  source: Float32Array,
  target: Float32Array,
  rows: number,
  columns: number,
): void {
  const blocked = columns - (columns % BLOCK);
  for (let column = 0; column < blocked; column += BLOCK) {
    transposeBlock(source, target, rows, columns, column);
  }
  for (let column = blocked; column < columns; column++) {
    const start = column * rows;
    for (let row = 0; row < rows; row++) {
      target[start + row] = source[row * columns + column] ?? 0;
    }
  }
}

/** Moves the eight columns from `column` on. */
function transposeBlock(
  source: Float32Array,
  target: Float32Array,
  rows: number,
  columns: number,
  column: number,
): void {
  for (let row = 0; row < rows; row++) {
    const from = row * columns + column;
    let to = column * rows + row;
    target[to] = source[from] ?? 0;
    to += rows;
    target[to] = source[from + 1] ?? 0;
    to += rows;
    target[to] = source[from + 2] ?? 0;
    to += rows;
    target[to] = source[from + 3] ?? 0;
    to += rows;
    target[to] = source[from + 4] ?? 0;
    to += rows;
    target[to] = source[from + 5] ?? 0;
    to += rows;
    target[to] = source[from + 6] ?? 0;
    to += rows;
    target[to] = source[from + 7] ?? 0;
  }
}
