import { expect, test } from "vitest";
import { finerRange } from "../../../webview/src/layout/finer-range.ts";

const points = [8, 4, 2, 1, 0.5, 0.25].map((lambda) => ({ lambda }));

test.each([
  [2, [0.5, 8]],
  [1, [1, 8]],
  [0, [2, 16]],
  [5, [0.125, 1]],
])("finerRange() at %d of the path is %j", (index, range) => {
  expect(finerRange(points, index)).toEqual(range);
});
