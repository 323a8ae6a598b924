/** Steps of the path on either side that a finer one covers. */
const REACH = 2;
/** Where the path has no neighbour, the range ends at this factor. */
const BEYOND = 2;

/**
 * λ between which a finer path lies: from the second neighbour of a λ on one side to that on the
 * other, the lower first. A path that ends earlier is continued by a factor of two, for its best λ
 * may lie beyond it.
 */
export function finerRange(
  points: readonly { readonly lambda: number }[],
  index: number,
): readonly [number, number] {
  const lambda = points[index]?.lambda ?? Number.NaN;
  const sorted = points.map((point) => point.lambda).sort((a, b) => a - b);
  const place = sorted.indexOf(lambda);
  const below = sorted[Math.max(0, place - REACH)] ?? lambda;
  const above = sorted[Math.min(sorted.length - 1, place + REACH)] ?? lambda;
  return [below < lambda ? below : lambda / BEYOND, above > lambda ? above : lambda * BEYOND];
}
