// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { dataTable } from "../../../webview/src/ui/data-table.ts";
import { stepScrubber } from "../../../webview/src/ui/step-scrubber.ts";

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

test("stepScrubber() goes over recorded steps, however unevenly they lie", () => {
  const asked: number[] = [];
  const scrubber = stepScrubber("Step", (step) => asked.push(step));
  scrubber.update([0, 7, 400], 7, "step 7");
  scrubber.move(1);
  scrubber.move(-1);
  expect(asked).toEqual([400, 0]);
  scrubber.update([0, 7, 400], 400, "step 400");
  scrubber.move(1);
  expect(asked).toHaveLength(2);
  expect(scrubber.element.querySelector("input")?.getAttribute("aria-valuetext")).toBe("step 400");
});
