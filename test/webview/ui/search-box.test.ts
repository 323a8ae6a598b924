// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { searchBox } from "../../../webview/src/ui/search-box.ts";

test("searchBox() keeps letters from the page's own keys and lets the editor's keys pass", () => {
  const box = searchBox("Filter", () => undefined);
  document.body.replaceChildren(box.element);
  const heard: string[] = [];
  document.body.addEventListener("keydown", ({ key }) => heard.push(key));
  const input = box.element.querySelector("input");
  for (const init of [{ key: "[" }, { key: "F1" }, { key: "p", ctrlKey: true }, { key: "a" }]) {
    input?.dispatchEvent(new KeyboardEvent("keydown", { ...init, bubbles: true }));
  }
  expect(heard).toEqual(["F1", "p"]);
});
