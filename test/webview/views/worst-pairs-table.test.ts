// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { WorstPairsTable } from "../../../webview/src/views/worst-pairs-table.ts";
import { VIEW } from "../embedding-view.ts";

test("WorstPairsTable is one stop for Tab and points at items with the arrow keys", () => {
  const pinned: (number | undefined)[] = [];
  const table = new WorstPairsTable((row) => pinned.push(row));
  document.body.replaceChildren(table.element);
  table.update({ view: VIEW, classes: [], hiddenClasses: [] });
  const rows = [...document.querySelectorAll<HTMLElement>("tbody tr")];
  expect(rows).toHaveLength(2);
  expect(rows.map((row) => row.tabIndex)).toEqual([0, -1]);

  rows[0]?.focus();
  rows[0]?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
  expect(document.activeElement).toBe(rows[1]);
  expect(rows.map((row) => row.tabIndex)).toEqual([-1, 0]);
  expect(pinned.at(-1)).toBe(Number(rows[1]?.getAttribute("data-row")));
});
