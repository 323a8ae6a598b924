import { expect, test } from "vitest";
import { elementCount } from "../../trainer/src/element-count.ts";

test.each([
  [[], 1],
  [[7], 7],
  [[3, 4, 5], 60],
  [[3, 0, 5], 0],
])("elementCount(%j) is %d", (shape, count) => {
  expect(elementCount(shape)).toBe(count);
});
