// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from "vitest";
import { ScatterGestures } from "../../../webview/src/charts/scatter-gestures.ts";

let heard: unknown[][] = [];
let element = document.createElement("div");
let gestures: ScatterGestures | undefined;

beforeEach(() => {
  heard = [];
  element = document.createElement("div");
  element.setPointerCapture = () => undefined;
  const hear =
    (name: string) =>
    (...words: unknown[]) =>
      heard.push([name, ...words]);
  gestures = new ScatterGestures(element, {
    onHover: hear("hover"),
    onLasso: (outline) => heard.push(["lasso", outline.length]),
    onSelect: (outline, isAdding) => heard.push(["select", outline, isAdding]),
    onClick: hear("click"),
    onMove: hear("move"),
    onZoom: hear("zoom"),
  });
});

function pointer(type: string, x: number, y: number, more: object = {}): void {
  const event = new MouseEvent(type, { clientX: x, clientY: y, bubbles: true, ...more });
  element.dispatchEvent(Object.assign(event, { pointerId: 1, ...more }));
}

describe("ScatterGestures", () => {
  test("draws an outline by dragging and selects with it", () => {
    pointer("pointerdown", 10, 10);
    pointer("pointermove", 40, 10);
    pointer("pointermove", 41, 10);
    pointer("pointermove", 40, 50);
    pointer("pointerup", 40, 50, { shiftKey: true });
    const corners = [
      { x: 10, y: 10 },
      { x: 40, y: 10 },
      { x: 40, y: 50 },
    ];
    // A step of one pixel adds no corner.
    expect(heard.filter(([name]) => name === "lasso").map(([, count]) => count)).toEqual([
      2, 2, 3, 0,
    ]);
    expect(heard.at(-1)).toEqual(["select", corners, true]);
  });

  test("takes a press without a drag for a click", () => {
    pointer("pointerdown", 10, 10);
    pointer("pointermove", 12, 11);
    pointer("pointerup", 12, 11);
    expect(heard.at(-1)).toEqual(["click", { x: 10, y: 10 }, false]);
    expect(heard.some(([name]) => name === "select")).toBe(false);
  });

  test.each([
    ["the middle button", { button: 1 }, "select"],
    ["Alt", { altKey: true }, "select"],
    ["the tool that moves", {}, "move"],
  ] as const)("moves with %s", (_name, held, tool) => {
    if (gestures !== undefined) gestures.tool = tool;
    pointer("pointerdown", 10, 10, held);
    pointer("pointermove", 17, 8, held);
    pointer("pointermove", 20, 8, held);
    pointer("pointerup", 20, 8, held);
    expect(heard).toEqual([
      ["move", 7, -2],
      ["move", 3, 0],
    ]);
  });

  test("gives up an outline, which then selects nothing", () => {
    pointer("pointerdown", 10, 10);
    pointer("pointermove", 60, 10);
    expect(gestures?.cancel()).toBe(true);
    pointer("pointerup", 60, 60);
    expect(heard.at(-1)).toEqual(["lasso", 0]);
    expect(gestures?.cancel()).toBe(false);
  });

  test("magnifies by the wheel about the pointer, a pinch the faster", () => {
    // The test's own document gives a wheel no place.
    const wheel = (more: object) =>
      element.dispatchEvent(
        Object.assign(new WheelEvent("wheel"), { clientX: 7, clientY: 9, deltaMode: 0, ...more }),
      );
    wheel({ deltaY: -100 });
    expect(heard.at(-1)).toEqual(["zoom", expect.closeTo(Math.exp(0.15)), { x: 7, y: 9 }]);
    wheel({ deltaY: 10, ctrlKey: true });
    expect(heard.at(-1)).toEqual(["zoom", expect.closeTo(Math.exp(-0.1)), { x: 7, y: 9 }]);
  });

  test("two fingers magnify by their distance and move by their middle", () => {
    pointer("pointerdown", 0, 0, { pointerId: 1 });
    pointer("pointerdown", 100, 0, { pointerId: 2 });
    heard = [];
    pointer("pointermove", 200, 0, { pointerId: 2 });
    expect(heard).toEqual([
      ["move", 50, 0],
      ["zoom", 2, { x: 100, y: 0 }],
    ]);
  });

  test("tells where the pointer is only while nothing is dragged", () => {
    pointer("pointermove", 5, 6);
    pointer("pointerleave", 5, 6);
    expect(heard).toEqual([
      ["hover", { x: 5, y: 6 }],
      ["hover", undefined],
    ]);
  });
});
