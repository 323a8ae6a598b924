// @vitest-environment happy-dom
import { expect, test } from "vitest";
import type { FromPage } from "../../../core/protocol/webview.ts";
import { initialState } from "../../../webview/src/store/panel-state.ts";
import { DEFAULT_SETTINGS } from "../../../webview/src/store/view-settings.ts";
import { RunChips } from "../../../webview/src/views/run-chips.ts";
import { runHeader } from "../run-state.ts";

test("RunChips names every run that is drawn over the panel's and takes one out on demand", () => {
  const sent: FromPage[] = [];
  const chips = new RunChips({
    dispatch: () => undefined,
    send: (message) => sent.push(message),
    say: () => undefined,
  });
  expect(chips.element.hidden).toBe(true);
  const others = ["first", "second"].map((name) => {
    return { key: `/w/${name}`, isBaseline: name === "second", header: runHeader({ name }) };
  });
  chips.update({ ...initialState(DEFAULT_SETTINGS), others });
  expect(chips.element.hidden).toBe(false);
  const names = [...chips.element.querySelectorAll(".chip-name")].map((name) => name.textContent);
  expect(names).toEqual(["first", "second"]);
  expect(chips.element.querySelectorAll(".chip-baseline")).toHaveLength(1);
  chips.element.querySelectorAll<HTMLElement>("[aria-label^=Take]")[1]?.click();
  expect(sent).toEqual([{ type: "others/remove", key: "/w/second" }]);
});
