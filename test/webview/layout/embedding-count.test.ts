import { expect, test } from "vitest";
import { vectorCount } from "../../../webview/src/layout/embedding-count.ts";
import { VIEW } from "../embedding-view.ts";

test("vectorCount() says how many of the possible vectors are drawn", () => {
  expect(vectorCount(VIEW)).toBe("5 of 6 vectors");
  expect(vectorCount(VIEW, ["audio"])).toBe("3 of 6 vectors");
});
