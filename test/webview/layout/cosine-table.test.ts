import { expect, test } from "vitest";
import { cosineTable } from "../../../webview/src/layout/cosine-table.ts";

test("cosineTable() sets pairs beside all others and leaves out bins without either", () => {
  const { rows, columns, copy } = cosineTable("c", [-1, 0, 0.5, 1], [0, 0, 3], [5, 0, 1]);
  expect(columns).toEqual(["From", "To", "Pairs", "All others"]);
  expect(rows).toEqual([
    ["−1.00", "0.00", "0", "5"],
    ["0.50", "1.00", "3", "1"],
  ]);
  expect(copy().split("\n")[2]).toBe("0\t0.5\t0\t0");
});
