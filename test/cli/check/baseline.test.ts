import { describe, expect, test } from "vitest";
import { baselineText, parseBaseline, withoutKnown } from "../../../cli/src/check/baseline.ts";
import { findingOf } from "../../support/finding-of.ts";
import { reportOf } from "../../support/report-of.ts";

const reportFor = (text: string, marks: readonly string[], path = "src/a.py") =>
  reportOf(
    text,
    marks.map((mark) => findingOf(text, mark)),
    { path },
  );

function knownOf(text: string): ReadonlySet<string> {
  const known = parseBaseline(text);
  if (known instanceof Error) throw known;
  return known;
}

describe("a baseline", () => {
  const written = baselineText(reportFor("w > t\n", ["w > t"]), "/w", "/w/baseline.json");

  test("knows what it was written from, from wherever it is read", () => {
    const known = knownOf(written);
    const again = reportFor("\nw > t\n", ["w > t"]);
    expect(withoutKnown(again, known, "/w", "/w/baseline.json")).toMatchObject({
      files: [],
      knownCount: 1,
    });
    const below = reportFor("w > t\n", ["w > t"], "a.py");
    expect(withoutKnown(below, known, "/w/src", "/w/baseline.json").knownCount).toBe(1);
  });

  test("leaves what is new, a second equal finding too", () => {
    const report = reportFor("w > t\nw > t\nw > s\n", ["w > t", "w > t", "w > s"]);
    const left = withoutKnown(report, knownOf(written), "/w", "/w/baseline.json");
    expect(left.knownCount).toBe(1);
    expect(left.files.flatMap(({ findings }) => findings)).toHaveLength(2);
  });

  test.each([
    ["", "is no JSON"],
    ["[]", "is no baseline"],
    ['{"version": 1}', "is no baseline"],
    ['{"version": 2, "findings": []}', "is of version 2"],
    ['{"version": 1, "findings": [{}]}', "without a fingerprint"],
  ])("%j is refused", (text, reason) => {
    const known = parseBaseline(text);
    expect(known).toBeInstanceOf(Error);
    expect(String(known)).toContain(reason);
  });
});
