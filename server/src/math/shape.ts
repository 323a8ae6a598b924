/** Lengths of the axes, outermost first: [] is a scalar, [n] a vector, [m, n] a matrix. */
export type Shape = readonly number[];

export const sizeOf = (shape: Shape): number =>
  shape.reduce((product, length) => product * length, 1);

export const isSameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((length, axis) => length === b[axis]);

/** Whether a shape holds one value: [], [1] or [1, 1]. */
export const isScalarShape = (shape: Shape): boolean => sizeOf(shape) === 1;

/** NumPy's broadcasting of two shapes; `undefined` when they do not fit. */
export function broadcastShape(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let axis = 0; axis < rank; axis += 1) {
    const left = a[a.length - rank + axis] ?? 1;
    const right = b[b.length - rank + axis] ?? 1;
    if (left !== right && left !== 1 && right !== 1) return undefined;
    shape.push(left === 1 ? right : left);
  }
  return shape;
}

/** NumPy's matmul for vectors and matrices; scalars do not fit. */
export function matmulShape(a: Shape, b: Shape): Shape | undefined {
  if (a.length === 0 || b.length === 0 || a.length > 2 || b.length > 2) return undefined;
  if (a.at(-1) !== b[0]) return undefined;
  return [...a.slice(0, -1), ...b.slice(1)];
}

/** Axis from the front; `undefined` when the shape has no such axis. */
export function axisOf(shape: Shape, axis: number): number | undefined {
  const fromFront = axis < 0 ? axis + shape.length : axis;
  return fromFront >= 0 && fromFront < shape.length ? fromFront : undefined;
}

/** Shape after a reduction; over everything when `axis` is `undefined`. */
export function reducedShape(
  shape: Shape,
  axis: number | undefined,
  keepsAxis: boolean,
): Shape | undefined {
  if (axis === undefined) return keepsAxis ? shape.map(() => 1) : [];
  const dropped = axisOf(shape, axis);
  if (dropped === undefined) return undefined;
  return keepsAxis
    ? shape.map((length, index) => (index === dropped ? 1 : length))
    : shape.filter((_, index) => index !== dropped);
}

/** First and past-the-last index of `x[start:stop]` on an axis, with Python's rules for negatives. */
export function sliceBounds(
  length: number,
  start: number,
  stop: number | undefined,
): readonly [first: number, end: number] {
  const clamp = (index: number) =>
    Math.min(length, Math.max(0, index < 0 ? index + length : index));
  const first = clamp(start);
  return [first, Math.max(first, stop === undefined ? length : clamp(stop))];
}
