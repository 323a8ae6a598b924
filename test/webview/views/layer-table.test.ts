// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from "vitest";
import type { LayerSort } from "../../../webview/src/layout/layer-sort.ts";
import { RUN_COLUMNS } from "../../../webview/src/views/layer-columns/layer-columns.ts";
import { LayerTable, type LayerTableData } from "../../../webview/src/views/layer-table.ts";
import { layerRow } from "../run-state.ts";

const LAYERS = [
  layerRow("image.a.weight", { zeros: 10, deadUnits: 3, units: 4, spectrum: [2, 2] }),
  layerRow("image.a.bias", { shape: [4], count: 4, penalty: "" }),
  layerRow("text.b.weight", { l1: 1234.5 }),
];

const DATA: LayerTableData = {
  layers: LAYERS,
  columns: RUN_COLUMNS,
  selected: "image.a.weight",
  collapsedGroups: [],
  sort: undefined,
};

interface Shown {
  readonly table: LayerTable;
  readonly selected: string[];
  readonly toggled: string[];
  readonly sorted: (LayerSort | undefined)[];
}

function shown(changes: Partial<LayerTableData> = {}, height = 0): Shown {
  const selected: string[] = [];
  const toggled: string[] = [];
  const sorted: (LayerSort | undefined)[] = [];
  const table = new LayerTable({
    onSelect: (layer) => selected.push(layer),
    onToggleGroup: (group) => toggled.push(group),
    onSort: (sort) => sorted.push(sort),
  });
  Object.defineProperty(table.element, "clientHeight", { value: height });
  document.body.replaceChildren(table.element);
  table.update({ ...DATA, ...changes });
  return { table, selected, toggled, sorted };
}

const grid = () => document.querySelector("[role=treegrid]");
const rows = () =>
  [...document.querySelectorAll<HTMLElement>("[role=rowgroup] > [role=row]")].sort(
    (a, b) => Number.parseFloat(a.style.top) - Number.parseFloat(b.style.top),
  );
const names = () => rows().map((row) => row.querySelector(".col-layer")?.textContent);
const focused = () => document.activeElement?.getAttribute("data-layer");

function press(key: string): void {
  document.activeElement?.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
  );
}

beforeEach(() => document.body.replaceChildren());

describe("LayerTable", () => {
  test("groups layers by the part of the model", () => {
    shown();
    expect(names()).toEqual(["image2", "a.weight", "a.bias", "text1", "b.weight"]);
  });

  test("says what a layer holds, and that a bias is not penalised", () => {
    shown();
    const [, weight, bias] = rows().map((row) =>
      [...row.querySelectorAll("[role=gridcell]")].map((cell) => cell.textContent),
    );
    expect(weight).toEqual(["a.weight", "4 × 5", "", "50.0%", "10.0", "3.00", "3 / 4", "2.0"]);
    expect(bias?.[3]).toBe("not penalised");
  });

  test("marks the selected row and keeps only it in the tab order", () => {
    shown();
    const marked = rows().filter((row) => row.getAttribute("aria-selected") === "true");
    expect(marked.map((row) => row.getAttribute("data-layer"))).toEqual(["image.a.weight"]);
    expect(rows().filter((row) => row.tabIndex === 0)).toEqual(marked);
  });

  test("arrow keys move and select", () => {
    const { selected } = shown();
    rows()[1]?.focus();
    press("ArrowDown");
    expect(selected).toEqual(["image.a.bias"]);
    press("ArrowDown");
    expect(document.activeElement?.getAttribute("data-group")).toBe("text");
    expect(selected).toHaveLength(1);
  });

  test("keeps the focus on its row when new numbers come", () => {
    const { table } = shown();
    rows()[1]?.focus();
    const layers = LAYERS.map((row) => ({ ...row, l2: 1 }));
    table.update({ ...DATA, layers });
    expect(focused()).toBe("image.a.weight");
    expect(document.activeElement?.querySelector(".col-l2")?.textContent).toBe("1.00");
  });

  test("folds a group by click, Enter and the left arrow", () => {
    const { toggled } = shown();
    rows()[0]?.click();
    rows()[0]?.focus();
    press("Enter");
    press("ArrowLeft");
    press("ArrowRight");
    expect(toggled).toEqual(["image", "image", "image"]);
  });

  test("a folded group keeps its totals and hides its layers", () => {
    shown({ collapsedGroups: ["image"] });
    expect(names()).toEqual(["image2", "text1", "b.weight"]);
    expect(rows()[0]?.getAttribute("aria-expanded")).toBe("false");
    expect(rows()[0]?.textContent).toContain("50.0%");
  });

  test("redraws only the rows that changed", () => {
    const { table } = shown();
    const before = rows();
    const [first, ...rest] = LAYERS;
    if (first === undefined) throw new RangeError("No layers");
    table.update({ ...DATA, layers: [{ ...first, l1: 11, l2: 4 }, ...rest] });
    const after = rows();
    // Its group has other sums, too.
    expect(after.map((row, index) => row === before[index])).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  test("left goes from a layer up to its group", () => {
    shown();
    rows()[2]?.focus();
    press("ArrowLeft");
    expect(document.activeElement?.getAttribute("data-group")).toBe("image");
  });

  test("letters go to the next name that begins with them", () => {
    const { selected } = shown();
    rows()[1]?.focus();
    press("b");
    expect(selected).toEqual(["text.b.weight"]);
    expect(focused()).toBe("text.b.weight");
  });

  test("a column's head sorts all layers by it, under their full names", () => {
    const { table, sorted } = shown();
    const head = () => document.querySelector<HTMLElement>("[role=columnheader].col-l1");
    head()?.querySelector("button")?.click();
    expect(sorted).toEqual([{ column: "l1", isDescending: true }]);
    table.update({ ...DATA, sort: { column: "l1", isDescending: true } });
    expect(names()).toEqual(["text.b.weight", "image.a.weight", "image.a.bias"]);
    expect(head()?.getAttribute("aria-sort")).toBe("descending");
    head()?.querySelector("button")?.click();
    table.update({ ...DATA, sort: { column: "l1", isDescending: false } });
    expect(names()?.at(-1)).toBe("text.b.weight");
    head()?.querySelector("button")?.click();
    expect(sorted.slice(1)).toEqual([{ column: "l1", isDescending: false }, undefined]);
  });
});

describe("LayerTable with 10,000 layers", () => {
  const many = Array.from({ length: 10_000 }, (_, index) => layerRow(`block${index}`));
  const data = { layers: many, selected: "block0" };
  /** Twenty rows below the head. */
  const HEIGHT = 24 + 20 * 22;

  test("has only the rows in sight in the document, and tells how many there are", () => {
    shown(data, HEIGHT);
    expect(rows().length).toBeLessThan(100);
    expect(grid()?.getAttribute("aria-rowcount")).toBe("10001");
    expect(rows()[3]?.getAttribute("aria-rowindex")).toBe("5");
  });

  test.each([
    [["End"], "block9999"],
    [["PageDown", "PageDown"], "block40"],
    [["End", "PageUp"], "block9979"],
    [["End", "ArrowDown"], "block9999"],
    [["PageDown", "Home", "ArrowUp"], "block0"],
  ])("the keys %j lead to %s", (keys, layer) => {
    const { table, selected } = shown(data, HEIGHT);
    rows()[0]?.focus();
    for (const key of keys) press(key);
    expect(selected.at(-1)).toBe(layer);
    expect(focused()).toBe(layer);
    const top = Number(layer.slice("block".length)) * 22;
    expect(table.element.scrollTop).toBeLessThanOrEqual(top);
    expect(table.element.scrollTop + 20 * 22).toBeGreaterThanOrEqual(top + 22);
  });

  test("the focused row stays in the document when it is scrolled out of sight", () => {
    const { table } = shown(data, HEIGHT);
    rows()[2]?.focus();
    rows()[2]?.click();
    table.element.scrollTop = 100_000;
    table.element.dispatchEvent(new Event("scroll"));
    expect(focused()).toBe("block2");
    expect(names()).toContain("block4550");
    expect(rows().length).toBeLessThan(100);
  });

  test("a selection of its own that comes back late does not take the keyboard back", () => {
    const { table, selected } = shown(data, HEIGHT);
    rows()[0]?.focus();
    press("End");
    press("Home");
    // The page draws once a frame: both keys came before it.
    expect(selected).toEqual(["block9999", "block0"]);
    table.update({ ...DATA, ...data, selected: "block9999" });
    expect(focused()).toBe("block0");
    expect(table.element.scrollTop).toBe(0);
    table.update({ ...DATA, ...data, selected: "block0" });
    table.update({ ...DATA, ...data, selected: "block9999" });
    expect(table.element.scrollTop).toBe(10_000 * 22 - 20 * 22);
  });

  test("a layer that is selected elsewhere is brought into sight", () => {
    const { table } = shown(data, HEIGHT);
    table.update({ ...DATA, ...data, selected: "block5000" });
    const row = document.querySelector("[data-layer=block5000]");
    expect(row?.getAttribute("aria-selected")).toBe("true");
    expect(table.element.scrollTop).toBe(5001 * 22 - 20 * 22);
  });
});
