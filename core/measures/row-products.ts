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
 * Both matrices have the same columns. Holds a block of products, never all.
 */
export function visitRowProducts(
  x: Matrix,
  z: Matrix,
  { from }: { readonly from: "first" | "diagonal" },
  visit: Visit,
): void {
  const kernels = createMeasureKernels();
  const at = {
    left: kernels.words(2 * LEFT * COLUMNS),
    right: kernels.words(2 * RIGHT * COLUMNS),
    products: kernels.words(2 * LEFT * RIGHT),
  };
  const rooms = {
    left: kernels.doubles(at.left, LEFT * COLUMNS),
    right: kernels.doubles(at.right, RIGHT * COLUMNS),
    products: kernels.doubles(at.products, LEFT * RIGHT),
  };
  const multiply = (i: number, left: number, j: number, right: number) => {
    // Without columns the products are still to be set to 0.
    for (let k = 0; k === 0 || k < x.columns; k += COLUMNS) {
      const part = [k, Math.min(COLUMNS, x.columns - k)] as const;
      const a = pack(x, [i, left], part, rooms.left);
      const b = pack(z, [j, right], part, rooms.right);
      kernels.multiplyPanels(at.left, a, at.right, b, part[1], at.products, k === 0 ? 1 : 0);
    }
  };
  for (let j = 0; j < z.rows; j += RIGHT) {
    const right = Math.min(RIGHT, z.rows - j);
    const stride = WIDTH * Math.ceil(right / WIDTH);
    const end = from === "diagonal" ? Math.min(x.rows, j + right) : x.rows;
    for (let i = 0; i < end; i += LEFT) {
      const left = Math.min(LEFT, end - i);
      multiply(i, left, j, right);
      for (let row = 0; row < left; row += 1) {
        visit(i + row, j, rooms.products.subarray(row * stride, row * stride + right));
      }
    }
  }
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
