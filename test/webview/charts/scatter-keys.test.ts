import { expect, test } from "vitest";
import { scatterKey } from "../../../webview/src/charts/scatter-keys.ts";

const press = (key: string, held: object = {}) =>
  scatterKey(
    { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held },
    1,
    3,
  );

test.each([
  ["ArrowRight", {}, { type: "item", index: 2 }],
  ["Home", {}, { type: "item", index: 0 }],
  ["ArrowLeft", { shiftKey: true }, { type: "move", dx: 48, dy: 0 }],
  ["+", { shiftKey: true }, { type: "zoom", by: 1.5 }],
  ["-", {}, { type: "zoom", by: 1 / 1.5 }],
  ["0", {}, { type: "fit" }],
  ["a", { ctrlKey: true }, { type: "select-visible" }],
  ["A", { metaKey: true }, { type: "select-visible" }],
  ["Enter", {}, { type: "select-item" }],
  ["Escape", {}, { type: "give-up" }],
  ["c", { ctrlKey: true }, undefined],
  ["ArrowRight", { altKey: true }, undefined],
  ["x", {}, undefined],
])("scatterKey() of %s with %j is %j", (key, held, expected) => {
  expect(press(key, held)).toEqual(expected);
});

test("scatterKey() selects no item where none is pinned", () => {
  const held = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
  expect(scatterKey({ key: "Enter", ...held }, -1, 3)).toBeUndefined();
  expect(scatterKey({ key: "ArrowDown", ...held }, -1, 0)).toBeUndefined();
});
