import {
  axisOf,
  broadcastShape,
  matmulShape,
  reducedShape,
  type Shape,
  sizeOf,
  sliceBounds,
} from "./shape.ts";

/** Up to two axes of float64 values, row-major. */
export interface Tensor {
  readonly shape: Shape;
  readonly data: Float64Array;
}

export function tensor(shape: Shape, values: ArrayLike<number>): Tensor {
  return { shape, data: Float64Array.from(values) };
}

export const scalar = (value: number): Tensor => ({ shape: [], data: Float64Array.of(value) });

export function map(a: Tensor, of: (value: number) => number): Tensor {
  return { shape: a.shape, data: a.data.map(of) };
}

/** Distance in the data between neighbours on an axis of `target`; 0 where `shape` is repeated. */
function strides(shape: Shape, target: Shape): readonly [row: number, column: number] {
  const padded = [...target.slice(shape.length).map(() => 1), ...shape];
  const [rows, columns] = padded.length === 2 ? padded : [1, padded[0] ?? 1];
  return [rows === 1 ? 0 : (columns ?? 1), columns === 1 ? 0 : 1];
}

/** Element-wise `of(a, b)` with broadcasting; `undefined` when the shapes do not fit. */
export function zip(
  a: Tensor,
  b: Tensor,
  of: (left: number, right: number) => number,
): Tensor | undefined {
  const shape = broadcastShape(a.shape, b.shape);
  if (shape === undefined || shape.length > 2) return undefined;
  const columns = shape.at(-1) ?? 1;
  const rows = shape.length === 2 ? (shape[0] ?? 1) : 1;
  const [aRow, aColumn] = strides(a.shape, shape);
  const [bRow, bColumn] = strides(b.shape, shape);
  const data = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const left = a.data[row * aRow + column * aColumn] ?? Number.NaN;
      const right = b.data[row * bRow + column * bColumn] ?? Number.NaN;
      data[row * columns + column] = of(left, right);
    }
  }
  return { shape, data };
}

/** a @ b: inner products of the rows of `a` with the columns of `b`. */
export function matmul(a: Tensor, b: Tensor): Tensor | undefined {
  const shape = matmulShape(a.shape, b.shape);
  if (shape === undefined) return undefined;
  const inner = b.shape[0] ?? 1;
  const columns = b.shape.length === 2 ? (b.shape[1] ?? 1) : 1;
  const rows = a.shape.length === 2 ? (a.shape[0] ?? 1) : 1;
  const data = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      let total = 0;
      for (let k = 0; k < inner; k += 1) {
        total += (a.data[row * inner + k] ?? 0) * (b.data[k * columns + column] ?? 0);
      }
      data[row * columns + column] = total;
    }
  }
  return { shape, data };
}

/** aᵀ; scalars and vectors are their own transposes, as in NumPy. */
export function transpose(a: Tensor): Tensor {
  const [rows, columns] = a.shape;
  if (rows === undefined || columns === undefined) return a;
  const data = a.data.map((_, index) => {
    const row = Math.floor(index / rows);
    return a.data[(index % rows) * columns + row] ?? Number.NaN;
  });
  return { shape: [columns, rows], data };
}

/** Folds `of` along an axis, or over everything, from the first value; of nothing it is `empty`. */
export function reduce(
  a: Tensor,
  axis: number | undefined,
  keepsAxis: boolean,
  of: (total: number, value: number) => number,
  empty: number,
): Tensor | undefined {
  const shape = reducedShape(a.shape, axis, keepsAxis);
  if (shape === undefined) return undefined;
  const dropped = axis === undefined ? undefined : axisOf(a.shape, axis);
  const columns = a.shape.length === 2 ? (a.shape[1] ?? 1) : 1;
  const data = new Float64Array(sizeOf(shape)).fill(empty);
  const seen = new Uint8Array(data.length);
  for (const [index, value] of a.data.entries()) {
    let cell = 0;
    if (dropped !== undefined && a.shape.length === 2) {
      cell = dropped === 0 ? index % columns : Math.floor(index / columns);
    }
    data[cell] = seen[cell] === 1 ? of(data[cell] ?? Number.NaN, value) : value;
    seen[cell] = 1;
  }
  return { shape, data };
}

/** Entries of the first axis from `start` to `stop`; `undefined` for scalars. */
export function slice(a: Tensor, start: number, stop: number | undefined): Tensor | undefined {
  const length = a.shape[0];
  if (length === undefined) return undefined;
  const [first, end] = sliceBounds(length, start, stop);
  const rest = a.shape.slice(1);
  const step = sizeOf(rest);
  return { shape: [end - first, ...rest], data: a.data.slice(first * step, end * step) };
}

/** `base` with its entries from `start` to `stop` on the first axis replaced, `value` broadcast. */
export function put(
  base: Tensor,
  start: number,
  stop: number | undefined,
  value: Tensor,
): Tensor | undefined {
  const part = slice(base, start, stop);
  const length = base.shape[0];
  if (part === undefined || length === undefined) return undefined;
  const filled = zip(
    map(part, () => 0),
    value,
    (_, right) => right,
  );
  if (filled === undefined || filled.data.length !== part.data.length) return undefined;
  const [first] = sliceBounds(length, start, stop);
  const data = base.data.slice();
  data.set(filled.data, first * sizeOf(base.shape.slice(1)));
  return { shape: base.shape, data };
}
