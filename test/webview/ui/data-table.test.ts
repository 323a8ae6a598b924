// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { dataTable } from "../../../webview/src/ui/data-table.ts";

test("dataTable() is a table with a caption, heads and cells", () => {
  const table = dataTable({
    caption: "Loss",
    columns: ["Step", "<b>total</b>"],
    rows: [
      ["0", "1.5"],
      ["10", ""],
    ],
  });
  expect(table.querySelector("caption")?.textContent).toBe("Loss");
  expect([...table.querySelectorAll("th")].map((cell) => [cell.scope, cell.textContent])).toEqual([
    ["col", "Step"],
    ["col", "<b>total</b>"],
  ]);
  expect(table.querySelectorAll("tbody tr")).toHaveLength(2);
  expect(table.querySelector("b")).toBeNull();
});
