// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from "vitest";
import { PathHandle } from "../../../webview/src/charts/path-handle.ts";
import { pathPlot } from "../../../webview/src/layout/path-plot.ts";
import { element } from "../../../webview/src/ui/element.ts";

const LAMBDAS = Array.from({ length: 30 }, (_, index) => 10 ** (-index / 10));
const PLOT = pathPlot(LAMBDAS, { width: 800, height: 300 }, { head: 24, foot: 40 });

describe("PathHandle", () => {
  let moved: number[];
  let handle: PathHandle;
  const press = (key: string) =>
    handle.element.dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }));
  beforeEach(() => {
    moved = [];
    handle = new PathHandle(element("div"), "λ", (index) => moved.push(index));
    handle.place(PLOT, 12, { pill: "λ = 0.0631", value: "λ = 0.0631, error 2" });
  });

  test.each([
    ["ArrowRight", 11],
    ["ArrowLeft", 13],
    ["PageUp", 2],
    ["PageDown", 22],
    ["Home", 29],
    ["End", 0],
  ])("moves at %s: right is the larger λ", (key, index) => {
    press(key);
    expect(moved).toEqual([index]);
  });

  test("stays at the ends", () => {
    handle.place(PLOT, 0, { pill: "", value: "" });
    press("ArrowRight");
    expect(moved).toEqual([]);
  });

  test("tells a screen reader where it stands", () => {
    expect(handle.element.getAttribute("role")).toBe("slider");
    expect(handle.element.getAttribute("aria-valuenow")).toBe("18");
    expect(handle.element.getAttribute("aria-valuemax")).toBe("30");
    expect(handle.element.getAttribute("aria-valuetext")).toBe("λ = 0.0631, error 2");
  });
});
