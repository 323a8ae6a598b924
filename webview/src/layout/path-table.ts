import { formatCount, formatLambda, formatSize } from "./number-format.ts";
import type { PathChoice } from "./path-choice.ts";
import { type TableContent, tabSeparated } from "./table-content.ts";

const COLUMNS = ["λ", "Mean error", "Standard error", "Not zero", ""] as const;

/** All λ of a path, the largest first. */
export function pathTable(caption: string, choice: PathChoice): TableContent {
  const rows = choice.points.map(
    (point, index) =>
      [point.lambda, point.mean, point.se, point.non_zeros, markOf(choice, index)] as const,
  );
  return {
    caption,
    columns: COLUMNS,
    rows: rows.map(([lambda, mean, se, nonZeros, mark]) => [
      formatLambda(lambda),
      formatSize(mean),
      formatSize(se),
      formatCount(nonZeros),
      mark,
    ]),
    note: `${formatCount(rows.length)} values of λ`,
    copy: () => tabSeparated([["lambda", "mean", "se", "non_zeros", "mark"], ...rows]),
  };
}

function markOf({ chosen, least, oneSe }: PathChoice, index: number): string {
  return [
    index === least ? "least" : "",
    index === oneSe ? "within one SE" : "",
    index === chosen ? "of this run" : "",
  ]
    .filter((mark) => mark !== "")
    .join(", ");
}
