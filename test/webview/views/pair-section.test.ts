// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { pointSet } from "../../../webview/src/layout/points/point-set.ts";
import { PairSection } from "../../../webview/src/views/pair-section.ts";
import { VIEW } from "../embedding-view.ts";

const POINTS = pointSet(VIEW.clouds);
const DATA = { view: VIEW, classes: [], hiddenClasses: [], points: POINTS };

test("PairSection shows the worst pairs, or what is selected, and copies either", () => {
  const heard: string[] = [];
  const section = new PairSection({
    onPin: () => heard.push("pin"),
    onClear: () => heard.push("clear"),
    onCopy: (text) => heard.push(text),
    onDirection: () => heard.push("direction"),
  });
  document.body.replaceChildren(section.element);
  const title = () => document.querySelector("h2")?.textContent;
  const clear = () => document.querySelector<HTMLElement>(".link");
  section.update({ ...DATA, selected: new Int32Array() });
  expect(title()).toBe("Worst matched pairs");
  expect(clear()?.hidden).toBe(true);
  expect(section.worstItems(1)).toEqual([2]);
  expect(section.selectedItems()).toEqual([]);

  section.update({ ...DATA, selected: Int32Array.of(0, 1, 3) });
  expect(title()).toBe("3 vectors selected");
  expect(document.querySelectorAll(".pair-row")).toHaveLength(3);
  // Items 0 and 1, once each, the one whose partner is ranked first.
  expect(section.selectedItems()).toEqual([0, 1]);
  clear()?.click();
  document.querySelector<HTMLElement>("[aria-label='Copy table']")?.click();
  expect(heard[0]).toBe("clear");
  expect(heard[1]?.split("\n")).toHaveLength(5);
});
