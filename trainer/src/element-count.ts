/** Numbers in a tensor of that shape; 1 for the shape [] of a single number. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
