import { describe, expect, test } from "vitest";
import {
  formatDuration,
  formatDurationTick,
  formatStarted,
} from "../../../webview/src/layout/duration-format.ts";

describe("formatDuration()", () => {
  test.each([
    [0.42, "0.4 s"],
    [3, "3 s"],
    [9.97, "10 s"],
    [52.3, "52 s"],
    [59.6, "1 min"],
    [72, "1 min 12 s"],
    [3599.7, "1 h"],
    [7500, "2 h 5 min"],
    [90_000, "1 d 1 h"],
    [Number.NaN, "unknown"],
    [-1, "unknown"],
  ])("writes %d seconds as %s", (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  test("writes the origin of an axis as a bare zero", () => {
    expect(formatDurationTick(0)).toBe("0");
    expect(formatDurationTick(60)).toBe("1 min");
  });
});

test("formatStarted() keeps text that is no time", () => {
  expect(formatStarted("yesterday")).toBe("yesterday");
  expect(formatStarted("2026-11-21T10:42:00Z", "en-GB")).toMatch(/2[0-2] Nov \d\d:42/);
});
