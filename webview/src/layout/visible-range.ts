/** Rows of equal height in a box that scrolls, CSS pixels. */
export interface ScrolledRows {
  readonly count: number;
  readonly rowHeight: number;
  readonly scrollTop: number;
  /** Height of the box that rows are seen through. */
  readonly height: number;
  /** Rows that are made beyond each end, so that a short scroll finds them ready. */
  readonly spare: number;
}

/** First row to be made and the one after the last; empty for no rows. */
export function visibleRange({
  count,
  rowHeight,
  scrollTop,
  height,
  spare,
}: ScrolledRows): readonly [from: number, to: number] {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight) - spare;
  const last = Math.ceil((Math.max(0, scrollTop) + height) / rowHeight) + spare;
  const to = Math.max(0, Math.min(count, last));
  return [Math.max(0, Math.min(first, to)), to];
}

/** Where to scroll so that row `index` is in sight; as it is where it already is. */
export function scrollTopFor(
  { rowHeight, scrollTop, height }: Omit<ScrolledRows, "count" | "spare">,
  index: number,
): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, Math.min(top, top + rowHeight - height));
}
