/** Labels need so much room between their middles, CSS pixels. */
const ROOM = 30;

/**
 * The counts to write along an axis: each where it first holds from the right, as far as there is
 * room; `xs` are their places in CSS pixels, in the order of `counts`, descending.
 */
export function spacedCounts(
  counts: readonly number[],
  xs: readonly number[],
): readonly { readonly x: number; readonly count: number }[] {
  const shown: { x: number; count: number }[] = [];
  for (const [index, count] of counts.entries()) {
    const x = xs[index] ?? Number.NaN;
    const last = shown.at(-1);
    if (last !== undefined && (last.count === count || Math.abs(last.x - x) < ROOM)) continue;
    shown.push({ x, count });
  }
  return shown;
}
