import { expect, test } from "vitest";
import { pathChoice } from "../../../webview/src/layout/path-choice.ts";
import { pathTable } from "../../../webview/src/layout/path-table.ts";

test("pathTable() lists every λ with what stands out, and copies full precision", () => {
  const choice = pathChoice({
    lambda: 0.25,
    rule: "one_se",
    path: [
      { lambda: 0.25, mean: 1.23456789, se: 0.1, non_zeros: 3 },
      { lambda: 0.001, mean: 1.2, se: 0.1, non_zeros: 40 },
    ],
  });
  if (choice === undefined) throw new TypeError("the path is not empty");
  const table = pathTable("Cross-validation", choice);
  expect(table.rows).toEqual([
    ["0.250", "1.23", "0.100", "3", "within one SE, of this run"],
    ["1e-3", "1.20", "0.100", "40", "least"],
  ]);
  expect(table.copy()).toBe(
    "lambda\tmean\tse\tnon_zeros\tmark\n0.25\t1.23456789\t0.1\t3\twithin one SE, of this run\n0.001\t1.2\t0.1\t40\tleast\n",
  );
});
