import { isMissing } from "../table/number-of.ts";
import { sortedCategories } from "../table/read-table.ts";

/** Class by row, as an index into the sorted classes; −1 where there is none. */
export interface ClassLabels {
  readonly classes: readonly string[];
  readonly labels: Int32Array;
}

/** Numbers are sorted by size where all are numbers, texts by code unit. */
export function classLabels(texts: readonly string[]): ClassLabels {
  const classes = sortedCategories(new Set(texts.filter((text) => !isMissing(text))));
  const place = new Map(classes.map((name, index) => [name, index]));
  return { classes, labels: Int32Array.from(texts, (text) => place.get(text) ?? -1) };
}
