import { expect, test } from "vitest";
import { vectorCount } from "../../../webview/src/layout/embedding-count.ts";
import { VIEW } from "../embedding-view.ts";

test("vectorCount() says how many of the possible vectors are drawn", () => {
  expect(vectorCount(VIEW, VIEW)).toBe("5 of 6 vectors");
  expect(vectorCount(VIEW, VIEW, ["audio"])).toBe("3 of 6 vectors");
  const sample = [{ modality: "image", rows: Int32Array.of(2), xy: Float32Array.of(0, 0) }];
  expect(vectorCount(VIEW, { clouds: sample })).toBe("1 of 6 vectors");
});
