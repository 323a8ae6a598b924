// @vitest-environment happy-dom
import { expect, test } from "vitest";
import type { FromPage } from "../../../core/protocol/webview.ts";
import { followGoToLine, goToLineIcon } from "../../../webview/src/views/go-to-line.ts";

function table() {
  const sent: FromPage[] = [];
  let rowClicks = 0;
  const host = document.createElement("div");
  const row = document.createElement("div");
  row.dataset["layer"] = "fc1.weight";
  row.tabIndex = 0;
  row.append(goToLineIcon("fc1.weight"));
  row.addEventListener("click", () => {
    rowClicks += 1;
  });
  host.append(row);
  document.body.append(host);
  followGoToLine(host, (message) => sent.push(message));
  return { row, sent, clicks: () => rowClicks };
}

test("the sign of a row goes to the line and does not select the row", () => {
  const { row, sent, clicks } = table();
  row.querySelector(".codicon")?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  expect(sent).toEqual([{ type: "layer/go-to", layer: "fc1.weight" }]);
  expect(clicks()).toBe(0);
});

test("F12 on a row does the same, other keys and places do nothing", () => {
  const { row, sent } = table();
  row.dispatchEvent(new KeyboardEvent("keydown", { key: "F11", bubbles: true }));
  row.parentElement?.dispatchEvent(new KeyboardEvent("keydown", { key: "F12", bubbles: true }));
  expect(sent).toEqual([]);
  row.dispatchEvent(new KeyboardEvent("keydown", { key: "F12", bubbles: true }));
  expect(sent).toEqual([{ type: "layer/go-to", layer: "fc1.weight" }]);
});

test("the sign says to a reader what it does", () => {
  expect(goToLineIcon("fc1.weight").getAttribute("aria-label")).toBe(
    "Go to the line that makes fc1.weight (F12)",
  );
});
