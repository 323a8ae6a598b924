import { describe, expect, test } from "vitest";
import { gatherReport } from "../../../cli/src/check/check-inputs.ts";
import type { CheckedFile } from "../../../server/src/workspace/check-files.ts";
import { findingOf } from "../../support/finding-of.ts";

const TEXT = "w > t\n";

const checked = (changes: Partial<CheckedFile> = {}): CheckedFile => ({
  kind: "checked",
  path: "/w/a.py",
  source: { text: TEXT, bom: "" },
  findings: [findingOf(TEXT, "w > t")],
  fixedCount: 0,
  ...changes,
});

describe("gatherReport()", () => {
  test("shows paths below the working directory without it", () => {
    const outcomes = [checked(), checked({ path: "/data/b.py" })];
    const { files } = gatherReport(outcomes, "information", "/w");
    expect(files.map(({ path }) => path)).toEqual(["a.py", "/data/b.py"]);
  });

  test("counts files and fixes, and keeps apart what could not be checked or written", () => {
    const report = gatherReport(
      [
        checked({ findings: [], fixedCount: 2 }),
        checked({ fault: "Cannot be written: read-only file system" }),
        { kind: "skipped", path: "/w/big.json", message: "Larger than 4 MiB" },
        { kind: "problem", path: "/w/gone.py", message: "Cannot be read" },
      ],
      "information",
      "/w",
    );
    expect(report).toMatchObject({
      checkedCount: 2,
      fixedCount: 2,
      skipped: [{ path: "big.json", message: "Larger than 4 MiB" }],
      problems: [
        { path: "a.py", message: "Cannot be written: read-only file system" },
        { path: "gone.py", message: "Cannot be read" },
      ],
    });
    expect(report.files.map(({ findings }) => findings.length)).toEqual([1]);
  });

  test("counts what is milder than asked for", () => {
    const findings = [findingOf(TEXT, "w > t", [], { severity: "hint" })];
    const report = gatherReport([checked({ findings })], "information", "/w");
    expect(report).toMatchObject({ files: [], hidden: ["hint"] });
  });

  test("leaves out what is not on changed lines", () => {
    const changes = { hasFile: () => true, touches: () => false };
    expect(gatherReport([checked()], "hint", "/w", changes)).toMatchObject({
      files: [],
      hidden: [],
      checkedCount: 1,
    });
  });
});
