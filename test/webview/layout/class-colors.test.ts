import { expect, test } from "vitest";
import { classColors } from "../../../webview/src/layout/class-colors.ts";
import { VIEW } from "../embedding-view.ts";

test("classColors() keeps the run's order and gives a seventh class no hue", () => {
  const labels = ["b", "a", "g", "f", "e", "d", "c"];
  const items = {
    ...VIEW.items,
    labels: [...labels, "of none"],
    labelOf: Int32Array.from(labels.keys()),
  };
  const colors = classColors(items, ["a", "b", "unused"]);
  expect(colors.map(({ label }) => label)).toEqual(["a", "b", "g", "f", "e", "d", "c"]);
  expect(colors.at(-1)).toEqual({ label: "c", color: "muted", count: 1 });
});
