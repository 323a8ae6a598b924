import { expect, test } from "vitest";
import { classColors } from "../../../webview/src/layout/class-colors.ts";

test("classColors() keeps the run's order and gives a seventh class no hue", () => {
  const labels = ["b", "a", "g", "f", "e", "d", "c"];
  const items = labels.map((label, index) => ({ row: index, label, caption: "" }));
  const colors = classColors(items, ["a", "b", "unused"]);
  expect(colors.map(({ label }) => label)).toEqual(["a", "b", "g", "f", "e", "d", "c"]);
  expect(colors.at(-1)).toEqual({ label: "c", color: "muted", count: 1 });
});
