// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from "vitest";
import { segmented } from "../../../webview/src/ui/segmented.ts";
import { tabs } from "../../../webview/src/ui/tabs.ts";

const LIST = [
  { id: "a", title: "First" },
  { id: "b", title: "Second" },
  { id: "c", title: "Third" },
] as const;

function press(target: Element | null | undefined, key: string): void {
  target?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

beforeEach(() => document.body.replaceChildren());

describe("tabs()", () => {
  function shown() {
    const chosen: string[] = [];
    const list = tabs("Views", LIST, (id) => {
      chosen.push(id);
      list.select(id);
    });
    document.body.append(list.element);
    list.select("a");
    return { chosen, buttons: [...list.element.querySelectorAll<HTMLElement>("[role=tab]")] };
  }

  test("says which tab is selected and keeps only it in the tab order", () => {
    const { buttons } = shown();
    expect(buttons.map((button) => button.getAttribute("aria-selected"))).toEqual([
      "true",
      "false",
      "false",
    ]);
    expect(buttons.map((button) => button.tabIndex)).toEqual([0, -1, -1]);
    expect(buttons[1]?.getAttribute("aria-controls")).toBe("panel-b");
  });

  test("moves with the arrow keys, round the ends too", () => {
    const { buttons, chosen } = shown();
    buttons[0]?.focus();
    for (const key of ["ArrowLeft", "ArrowRight", "End", "Home"])
      press(document.activeElement, key);
    expect(chosen).toEqual(["c", "a", "c", "a"]);
    expect(document.activeElement).toBe(buttons[0]);
  });

  test("leaves other keys to others", () => {
    const { buttons, chosen } = shown();
    buttons[0]?.focus();
    press(document.activeElement, "x");
    expect(chosen).toEqual([]);
  });

  test("selects by click", () => {
    const { buttons, chosen } = shown();
    buttons[2]?.click();
    expect(chosen).toEqual(["c"]);
    expect(buttons[2]?.getAttribute("aria-selected")).toBe("true");
  });
});

test("segmented() is a group of radio buttons", () => {
  const chosen: string[] = [];
  const choice = segmented("Axis", LIST, (id) => chosen.push(id));
  document.body.append(choice.element);
  choice.select("b");
  const buttons = [...choice.element.querySelectorAll<HTMLElement>("[role=radio]")];
  expect(buttons.map((button) => button.getAttribute("aria-checked"))).toEqual([
    "false",
    "true",
    "false",
  ]);
  buttons[1]?.focus();
  press(document.activeElement, "ArrowDown");
  expect(chosen).toEqual(["c"]);
});
