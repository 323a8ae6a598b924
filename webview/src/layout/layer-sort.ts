import type { LayerRow } from "../../../core/protocol/panel/weights.ts";

/** The order that the reader asked for; without one layers stand in the model's order. */
export interface LayerSort {
  /** Id of a column. */
  readonly column: string;
  readonly isDescending: boolean;
}

/** What a layer is sorted by; a number that is NaN, and nothing, come last in either direction. */
export type SortKey = (row: LayerRow) => number | string | undefined;

/** A new array; layers of equal keys keep their order. */
export function sortLayers(
  layers: readonly LayerRow[],
  keyOf: SortKey,
  isDescending: boolean,
): readonly LayerRow[] {
  const sign = isDescending ? -1 : 1;
  return layers
    .map((row) => ({ row, key: keyOf(row) }))
    .sort((a, b) => {
      const [isMissing, isOtherMissing] = [isNothing(a.key), isNothing(b.key)];
      if (isMissing || isOtherMissing) return Number(isMissing) - Number(isOtherMissing);
      return sign * compare(a.key, b.key);
    })
    .map(({ row }) => row);
}

function isNothing(key: number | string | undefined): boolean {
  return key === undefined || Number.isNaN(key);
}

function compare(a: number | string | undefined, b: number | string | undefined): number {
  if (typeof a === "number" && typeof b === "number") return a === b ? 0 : a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}

/** What pressing a column's head does: its first direction, then the other one, then the model's order. */
export function nextSort(
  current: LayerSort | undefined,
  column: string,
  startsDescending: boolean,
): LayerSort | undefined {
  if (current?.column !== column) return { column, isDescending: startsDescending };
  return current.isDescending === startsDescending
    ? { column, isDescending: !startsDescending }
    : undefined;
}
