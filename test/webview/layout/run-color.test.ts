import { expect, test } from "vitest";
import { runColor } from "../../../webview/src/layout/run-color.ts";

test("runColor() gives six runs a colour each and greys the rest", () => {
  const colors = [0, 1, 2, 3, 4, 5].map(runColor);
  expect(new Set(colors).size).toBe(6);
  expect([runColor(6), runColor(40)]).toEqual(["muted", "muted"]);
});
