import { describe, expect, test } from "vitest";
import { scrollTopFor, visibleRange } from "../../../webview/src/layout/visible-range.ts";

const LIST = { count: 100, rowHeight: 20, height: 100, spare: 2 };

describe("visibleRange()", () => {
  test.each([
    [0, [0, 7]],
    [10, [0, 8]],
    [400, [18, 27]],
    [1900, [93, 100]],
    [99_999, [100, 100]],
    [-50, [0, 7]],
  ])("scrolled to %d it is %j", (scrollTop, range) => {
    expect(visibleRange({ ...LIST, scrollTop })).toEqual(range);
  });

  test("is empty without rows", () => {
    expect(visibleRange({ ...LIST, count: 0, scrollTop: 0 })).toEqual([0, 0]);
  });
});

describe("scrollTopFor()", () => {
  test.each([
    ["above", 5, 100],
    ["in sight", 12, 200],
    ["below", 30, 520],
  ])("a row %s", (_name, index, scrollTop) => {
    expect(scrollTopFor({ ...LIST, scrollTop: 200 }, index)).toBe(scrollTop);
  });

  test("a box lower than a row shows its start", () => {
    expect(scrollTopFor({ ...LIST, height: 10, scrollTop: 0 }, 3)).toBe(60);
  });
});
