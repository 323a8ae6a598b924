/** Largest share that one bin has of the sum of `counts`, 0 for none. */
export function peakShare(counts: readonly number[]): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total > 0 ? Math.max(...counts) / total : 0;
}

export interface OutlineBox {
  readonly left: number;
  readonly width: number;
  /** Where a share of 0 and one of `peak` lie, CSS pixels from the top. */
  readonly base: number;
  readonly top: number;
  readonly peak: number;
}

/**
 * SVG path through the middles of the bins at the height of their share of all counts, closed along
 * the base. Shares make sets of different sizes comparable. Empty without counts.
 */
export function shareOutline(
  counts: readonly number[],
  { left, width, base, top, peak }: OutlineBox,
): string {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (!(total > 0) || !(peak > 0)) return "";
  const points = counts.map((count, bin) => {
    const x = left + ((bin + 0.5) / counts.length) * width;
    return `L${x.toFixed(1)} ${(base - (count / total / peak) * (base - top)).toFixed(1)}`;
  });
  return `M${left} ${base}${points.join("")}L${left + width} ${base}`;
}
