import { expect, test } from "vitest";
import { lastResult } from "../../../webview/src/layout/last-result.ts";

test("lastResult() computes again only for other arguments", () => {
  const calls: string[] = [];
  const join = lastResult((list: readonly string[], end: string) => {
    calls.push(end);
    return [...list, end];
  });
  const list = ["a"];
  expect(join(list, "b")).toBe(join(list, "b"));
  expect(calls).toEqual(["b"]);
  expect(join(["a"], "b")).toEqual(["a", "b"]);
  expect(calls).toEqual(["b", "b"]);
});
