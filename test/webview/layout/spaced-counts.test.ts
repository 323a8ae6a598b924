import { expect, test } from "vitest";
import { spacedCounts } from "../../../webview/src/layout/spaced-counts.ts";

test("spacedCounts() writes a count where it first holds, as far as there is room", () => {
  const shown = spacedCounts([0, 0, 1, 2, 2, 5], [200, 190, 180, 160, 120, 90]);
  expect(shown).toEqual([
    { x: 200, count: 0 },
    { x: 160, count: 2 },
    { x: 90, count: 5 },
  ]);
});
