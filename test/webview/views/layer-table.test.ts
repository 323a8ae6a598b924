// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from "vitest";
import { LayerTable } from "../../../webview/src/views/layer-table.ts";
import { layerRow } from "../run-state.ts";

const LAYERS = [
  layerRow("image.a.weight", { zeros: 10, deadUnits: 3, units: 4, spectrum: [2, 2] }),
  layerRow("image.a.bias", { shape: [4], count: 4, penalty: "" }),
  layerRow("text.b.weight", { l1: 1234.5 }),
];

interface Shown {
  readonly table: LayerTable;
  readonly selected: string[];
  readonly toggled: string[];
}

function shown(collapsedGroups: readonly string[] = []): Shown {
  const selected: string[] = [];
  const toggled: string[] = [];
  const table = new LayerTable({
    onSelect: (layer) => selected.push(layer),
    onToggleGroup: (group) => toggled.push(group),
  });
  document.body.replaceChildren(table.element);
  table.update({ layers: LAYERS, selected: "image.a.weight", collapsedGroups });
  return { table, selected, toggled };
}

const rows = () => [...document.querySelectorAll<HTMLElement>("tbody tr")];
const names = () => rows().map((row) => row.querySelector("td")?.textContent);

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
      [...row.querySelectorAll("td")].map((cell) => cell.textContent),
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
    table.update({ layers: LAYERS, selected: "image.a.weight", collapsedGroups: [] });
    expect(document.activeElement?.getAttribute("data-layer")).toBe("image.a.weight");
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
    shown(["image"]);
    expect(names()).toEqual(["image2", "text1", "b.weight"]);
    expect(rows()[0]?.getAttribute("aria-expanded")).toBe("false");
    expect(rows()[0]?.textContent).toContain("50.0%");
  });
});
