/** Index of the value nearest to `target` in ascending `values`; −1 when there is none. */
export function nearestIndex(values: Float64Array, target: number): number {
  if (values.length === 0) return -1;
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < target) low = middle + 1;
    else high = middle;
  }
  const before = values[low - 1];
  const after = values[low] ?? 0;
  return before !== undefined && target - before <= after - target ? low - 1 : low;
}
