// @vitest-environment happy-dom
import { expect, test } from "vitest";
import type { FromPage } from "../../../core/protocol/webview.ts";
import { type Intent, initialState } from "../../../webview/src/store/panel-state.ts";
import { DEFAULT_SETTINGS } from "../../../webview/src/store/view-settings.ts";
import { RunChips } from "../../../webview/src/views/run-chips.ts";
import { runHeader } from "../run-state.ts";

const others = ["first", "second"].map((name) => {
  const final = name === "second" ? { "validation/loss": 0.4312 } : {};
  return { key: `/w/${name}`, isBaseline: name === "second", header: runHeader({ name, final }) };
});

test("RunChips names every run that is drawn over the panel's and takes one out on demand", () => {
  const sent: FromPage[] = [];
  const chips = new RunChips({
    dispatch: () => undefined,
    send: (message) => sent.push(message),
    say: () => undefined,
  });
  expect(chips.element.hidden).toBe(true);
  chips.update({ ...initialState(DEFAULT_SETTINGS), others });
  expect(chips.element.hidden).toBe(false);
  const names = [...chips.element.querySelectorAll(".chip-name")].map((name) => name.textContent);
  expect(names).toEqual(["first", "second"]);
  expect(chips.element.querySelectorAll(".chip-baseline")).toHaveLength(1);
  chips.element.querySelectorAll<HTMLElement>("[aria-label^=Take]")[1]?.click();
  expect(sent).toEqual([{ type: "others/remove", key: "/w/second" }]);
});

test("RunChips hides and shows a run, with a ring for a dot, and reads its last validation loss", () => {
  const intents: Intent[] = [];
  const chips = new RunChips({
    dispatch: (intent) => void intents.push(intent),
    send: () => undefined,
    say: () => undefined,
  });
  const settings = { ...DEFAULT_SETTINGS, hiddenRuns: ["/w/first"] };
  chips.update({ ...initialState(settings), others });
  const [first, second] = chips.element.querySelectorAll(".chip-toggle");
  expect(first?.getAttribute("aria-pressed")).toBe("false");
  expect(first?.querySelector(".chip-dot.ring")).not.toBeNull();
  expect(second?.querySelector(".chip-dot.ring")).toBeNull();
  expect(second?.querySelector(".chip-loss")?.textContent).toBe("0.431");
  if (second instanceof HTMLElement) second.click();
  expect(intents).toEqual([{ type: "run/toggle", key: "/w/second" }]);
});
