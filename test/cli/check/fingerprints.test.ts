import { describe, expect, test } from "vitest";
import { fingerprints } from "../../../cli/src/check/fingerprints.ts";
import { findingOf } from "../../support/finding-of.ts";
import { reportOf } from "../../support/report-of.ts";

const idsOf = (text: string, marks: readonly string[], path = "a.py") =>
  reportOf(
    text,
    marks.map((mark) => findingOf(text, mark)),
    { path },
  ).files.flatMap(fingerprints);

describe("fingerprints()", () => {
  test("stay when lines are added above and blanks change", () => {
    const before = idsOf("w > t\n", ["w > t"]);
    expect(idsOf("x = 1\n\nw  >\tt\n", ["w  >\tt"])).toEqual(before);
  });

  test("differ by file and by code", () => {
    const [id] = idsOf("w > t\n", ["w > t"]);
    expect(idsOf("w > t\n", ["w > t"], "b.py")).not.toEqual([id]);
    expect(idsOf("w > s\n", ["w > s"])).not.toEqual([id]);
  });

  test("tell equal findings apart, the first stays what it was", () => {
    const [alone] = idsOf("w > t\n", ["w > t"]);
    const [first, second] = idsOf("w > t\nw > t\n", ["w > t", "w > t"]);
    expect(first).toBe(alone);
    expect(second).not.toBe(first);
  });
});
