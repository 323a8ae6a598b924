import type { MissingPolicy } from "../../../../core/experiment/file-data.ts";
import { dataFault } from "../../data-fault.ts";

/** How often a column has no value, and where first. */
export interface MissingCount {
  readonly column: string;
  readonly count: number;
  /** Index of a row. */
  readonly first: number;
}

/** Columns with missing values, in their order. */
export function countMissing(
  columns: readonly { readonly name: string; isMissing(row: number): boolean }[],
  rows: number,
): readonly MissingCount[] {
  return columns.flatMap((column) => {
    let [count, first] = [0, -1];
    for (let row = 0; row < rows; row++) {
      if (!column.isMissing(row)) continue;
      if (count === 0) first = row;
      count += 1;
    }
    return count === 0 ? [] : [{ column: column.name, count, first }];
  });
}

const MAX_NAMED = 8;

/** "age 3, income 1,201". */
export function missingText(counts: readonly MissingCount[]): string {
  const named = counts
    .slice(0, MAX_NAMED)
    .map(({ column, count }) => `${column} ${count.toLocaleString("en")}`);
  const more = counts.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more columns`] : [])].join(", ");
}

/** @throws {UserError} If values are missing and the policy is to stop then. */
export function refuseMissing(
  policy: MissingPolicy,
  counts: readonly MissingCount[],
  rows: number,
  place: (row: number) => string,
): void {
  const [first] = counts;
  if (policy !== "error" || first === undefined) return;
  throw dataFault(
    place(first.first),
    `column \`${first.column}\` has no value; of ${rows.toLocaleString("en")} rows are missing: ${missingText(counts)}`,
    "Set `missing_values` under `data` to drop, mean or median, or leave the columns out",
  );
}
