// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { rankedPairRows } from "../../../webview/src/layout/pair-rows.ts";
import { PairTable } from "../../../webview/src/views/pair-table.ts";
import { VIEW } from "../embedding-view.ts";

let pinned: (number | undefined)[] = [];
let table = new PairTable(() => undefined);
const rows = () => [...document.querySelectorAll<HTMLElement>(".pair-row")].sort(byPlace);
const byPlace = (a: HTMLElement, b: HTMLElement) =>
  Number.parseFloat(a.style.top) - Number.parseFloat(b.style.top);
const items = () => rows().map((row) => row.getAttribute("data-row"));

beforeEach(() => {
  pinned = [];
  table = new PairTable((row) => pinned.push(row));
  document.body.replaceChildren(table.element);
  table.update({ view: VIEW, classes: [], rows: rankedPairRows(VIEW, 0) });
});

test("PairTable is one stop for Tab and points at items with the arrow keys", () => {
  expect(items()).toEqual(["2", "0"]);
  expect(rows().map((row) => row.tabIndex)).toEqual([0, -1]);
  rows()[0]?.focus();
  rows()[0]?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true }));
  expect(document.activeElement?.getAttribute("data-row")).toBe("0");
  expect(rows().map((row) => row.tabIndex)).toEqual([-1, 0]);
  expect(pinned.at(-1)).toBe(0);
});

test("PairTable sorts by a pressed title, the other way when pressed again", () => {
  const press = (column: string) =>
    document.querySelector<HTMLElement>(`[data-column="${column}"]`)?.click();
  press("caption");
  expect(items()).toEqual(["0", "2"]);
  press("caption");
  expect(items()).toEqual(["2", "0"]);
  const sorted = document.querySelector(".pair-caption")?.getAttribute("aria-sort");
  expect(sorted).toBe("descending");
});

test("PairTable marks the rows of the item that the plot points at", () => {
  table.pin(0);
  expect(rows().map((row) => row.classList.contains("pinned"))).toEqual([false, true]);
  table.pin(undefined);
  expect(document.querySelector(".pinned")).toBeNull();
});

test("PairTable says what a row holds", () => {
  const cells = [...(rows()[0]?.children ?? [])].map((cell) => cell.textContent);
  expect(cells).toEqual(["", "item 2", "circle", "image → audio", "3", "0.25"]);
});
