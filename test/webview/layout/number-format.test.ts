import { describe, expect, test } from "vitest";
import {
  formatBytes,
  formatChance,
  formatCount,
  formatFixed,
  formatLoss,
  formatPercent,
  formatScientific,
  formatShape,
  formatShortCount,
  formatSigned,
  formatSize,
} from "../../../webview/src/layout/number-format.ts";

/** Thin spaces read badly in a table of expectations. */
const plain = (text: string): string => text.replaceAll("\u2009", " ");

describe("formatFixed()", () => {
  test.each([
    [0.4391, 3, "0.439"],
    [-0.08, 2, "−0.08"],
    [-0.0001, 2, "0.00"],
    [1217.84, 1, "1 217.8"],
    [Number.NaN, 3, "NaN"],
    [Number.POSITIVE_INFINITY, 1, "∞"],
    [Number.NEGATIVE_INFINITY, 1, "−∞"],
  ])("writes %d with %d digits as %s", (value, digits, text) => {
    expect(plain(formatFixed(value, digits))).toBe(text);
  });
});

describe("formatSigned()", () => {
  test.each([
    [0.034, "+0.034"],
    [-0.012, "−0.012"],
    [0.0001, "0.000"],
    [0, "0.000"],
  ])("writes %d as %s", (value, text) => expect(formatSigned(value, 3)).toBe(text));
});

describe("formatCount()", () => {
  test.each([
    [0, "0"],
    [999, "999"],
    [4680, "4 680"],
    [-1234567, "−1 234 567"],
  ])("writes %d as %s", (value, text) => expect(plain(formatCount(value))).toBe(text));
});

describe("formatShortCount()", () => {
  test.each([
    [9999, "9 999"],
    [27_684, "27.7k"],
    [3_200_000, "3.2M"],
    [7e9, "7.0G"],
  ])("writes %d as %s", (value, text) => expect(plain(formatShortCount(value))).toBe(text));
});

describe("formatSize()", () => {
  test.each([
    [883.2, "883"],
    [2.5, "2.50"],
    [0.281, "0.281"],
    [0.0312, "0.0312"],
    [1593, "1 593"],
    [0, "0"],
    [0.00012, "1.2e-4"],
    [-2e8, "−2e8"],
  ])("writes %d as %s", (value, text) => expect(plain(formatSize(value))).toBe(text));
});

describe("small numbers", () => {
  test.each([
    [formatLoss(0.4389), "0.439"],
    [formatLoss(0.00123), "0.00123"],
    [formatLoss(0), "0.000"],
    [formatScientific(1e-4), "1e-4"],
    [formatScientific(0.0025), "2.5e-3"],
    [formatChance(1 / 300), "0.003"],
    [formatChance(1 / 6000), "1.67e-4"],
    [formatPercent(0.726), "72.6%"],
    [formatPercent(0.726, 0), "73%"],
    [formatShape([64, 288]), "64 × 288"],
    [formatShape([]), "scalar"],
    [formatBytes(0), "0 B"],
    [formatBytes(999), "999 B"],
    [formatBytes(1234), "1.2 kB"],
    [formatBytes(4e9), "4.0 GB"],
    [formatBytes(9e12), "9.0 TB"],
  ])("%s is %s", (text, expected) => expect(text).toBe(expected));
});
