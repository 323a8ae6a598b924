import { createMeasureKernels } from "./kernels/kernels.ts";
import type { Matrix } from "./matrix.ts";

/** Rows of a panel. */
const WIDTH = 4;
/** Rows of both sides, and columns, that are multiplied at a time. */
const [LEFT, RIGHT, COLUMNS] = [64, 512, 256];

/** Products of row `i` with the rows from `first` on; `dots` is good until the next call. */
type Visit = (i: number, first: number, dots: Float64Array) => void;

/**
 * Gives all products xᵢ·zⱼ to `visit`, some hundred of a row at a time, summed in binary64 over 256
 * columns at a time. With `from: "diagonal"` blocks in which all j are before i are left out.
 *
 * Both matrices have the same columns. Holds 512 rows of `z` and a block of products, never all.
 */
export function visitRowProducts(
  x: Matrix,
  z: Matrix,
  { from }: { readonly from: "first" | "diagonal" },
  visit: Visit,
): void {
  const block = productBlock(x, z);
  for (let j = 0; j < z.rows; j += RIGHT) {
    const right = Math.min(RIGHT, z.rows - j);
    const stride = WIDTH * block.holdRight(j, right);
    const end = from === "diagonal" ? Math.min(x.rows, j + right) : x.rows;
    for (let i = 0; i < end; i += LEFT) {
      const left = Math.min(LEFT, end - i);
      const products = block.multiply(i, left);
      for (let row = 0; row < left; row += 1) {
        visit(i + row, j, products.subarray(row * stride, row * stride + right));
      }
    }
  }
}

/** Multiplies some rows of `x` with rows of `z` that are held, as panels, for all of them. */
function productBlock(x: Matrix, z: Matrix) {
  const kernels = createMeasureKernels();
  // Without columns the products are still to be set to 0.
  const parts = Array.from({ length: Math.max(1, Math.ceil(x.columns / COLUMNS)) }, (_, index) => {
    const first = index * COLUMNS;
    const length = Math.min(COLUMNS, x.columns - first);
    return { columns: [first, length] as const, at: kernels.words(2 * RIGHT * COLUMNS) };
  });
  const leftAt = kernels.words(2 * LEFT * COLUMNS);
  const productsAt = kernels.words(2 * LEFT * RIGHT);
  const leftRoom = kernels.doubles(leftAt, LEFT * COLUMNS);
  const products = kernels.doubles(productsAt, LEFT * RIGHT);
  let held = 0;
  return {
    /** Gives the number of panels. */
    holdRight(first: number, count: number): number {
      for (const { columns, at } of parts) {
        held = pack(z, [first, count], columns, kernels.doubles(at, RIGHT * COLUMNS));
      }
      return held;
    },
    multiply(first: number, count: number): Float64Array {
      for (const [index, { columns, at }] of parts.entries()) {
        const panels = pack(x, [first, count], columns, leftRoom);
        const isFirst = index === 0 ? 1 : 0;
        kernels.multiplyPanels(leftAt, panels, at, held, columns[1], productsAt, isFirst);
      }
      return products;
    },
  };
}

/** Writes columns of rows as panels of four and gives their number; what is missing is 0. */
function pack(
  { columns, data }: Matrix,
  [first, count]: readonly [number, number],
  [from, length]: readonly [number, number],
  room: Float64Array,
): number {
  const panels = Math.ceil(count / WIDTH);
  for (let row = 0; row < WIDTH * panels; row += 1) {
    let place = Math.floor(row / WIDTH) * WIDTH * length + (row % WIDTH);
    const source = (first + row) * columns + from;
    for (let k = 0; k < length; k += 1, place += WIDTH) {
      room[place] = row < count ? (data[source + k] ?? 0) : 0;
    }
  }
  return panels;
}
