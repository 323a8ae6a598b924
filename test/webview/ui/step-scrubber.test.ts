// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { stepScrubber } from "../../../webview/src/ui/step-scrubber.ts";

test("goes over recorded steps, however unevenly they lie, and stops at both ends", () => {
  const asked: number[] = [];
  const scrubber = stepScrubber("Step", (step) => asked.push(step));
  scrubber.update([0, 7, 400], 7, "step 7");
  scrubber.move(1);
  scrubber.move(1);
  expect(asked).toEqual([400]);
  scrubber.update([0, 7, 400], 0, "step 0");
  scrubber.move(-1);
  expect(asked).toEqual([400]);
  expect(scrubber.element.querySelector("input")?.getAttribute("aria-valuetext")).toBe("step 0");
});

test("a second key goes on from the first, though the page was not drawn anew between them", () => {
  const asked: number[] = [];
  const scrubber = stepScrubber("Step", (step) => asked.push(step));
  scrubber.update([0, 7, 400], 0, "step 0");
  scrubber.move(1);
  scrubber.move(1);
  scrubber.move(-1);
  expect(asked).toEqual([7, 400, 7]);
});
