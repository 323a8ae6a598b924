/** A column that may give way to others. */
export interface FittedColumn {
  readonly id: string;
  /** Least width, CSS pixels. */
  readonly width: number;
  /** The higher, the sooner it goes; 0 stays. */
  readonly rank: number;
}

/**
 * The columns that fit into `width` beside each other, in their order; the one that is `pinned` stays.
 * A width that is not known yet takes them all.
 */
export function fittingColumns<Column extends FittedColumn>(
  columns: readonly Column[],
  width: number,
  pinned: string | undefined,
): readonly Column[] {
  if (!(width > 0)) return columns;
  let total = columns.reduce((sum, column) => sum + column.width, 0);
  const dropped = new Set<Column>();
  const leaving = columns.filter(({ id, rank }) => rank > 0 && id !== pinned);
  for (const column of leaving.sort((a, b) => b.rank - a.rank)) {
    if (total <= width) break;
    total -= column.width;
    dropped.add(column);
  }
  return columns.filter((column) => !dropped.has(column));
}
