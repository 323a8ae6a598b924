import { describe, expect, test } from "vitest";
import { textReport } from "../../../cli/src/check/text-report.ts";
import type { Fix } from "../../../server/src/engine/rule.ts";
import { elsewhere } from "../../support/elsewhere.ts";
import { findingOf } from "../../support/finding-of.ts";
import { reportOf } from "../../support/report-of.ts";

const FLIP: Fix = { title: "Use `<`", safety: "safe", edits: [] };

describe("textReport()", () => {
  test("shows place, severity, code, name, the line and what to do", () => {
    const text = "import numpy as np\n\tw[abs(w) > t] = 0\n";
    const report = reportOf(text, [findingOf(text, "abs(w) > t", [FLIP])]);
    expect(textReport(report, false)).toBe(
      [
        "src/model.py:2:4 error NL601 prune-zeroes-largest",
        "  |",
        "2 |     w[abs(w) > t] = 0",
        "  |       ^^^^^^^^^^",
        "  About abs(w) > t.",
        "  fix (safe): Use `<`",
        "",
        "1 finding in 1 file (1 error) · 1 file checked",
        "",
      ].join("\n"),
    );
  });

  test.each([
    ["an emoji takes two columns", "s = '😀' + w", 11],
    ["so does a Chinese character", "s = '权重' + w", 13],
    ["an accent takes one", "s = 'é' + w", 10],
  ])("carets stand below the code: %s", (_name, text, column) => {
    const shown = textReport(reportOf(text, [findingOf(text, "w")]), false);
    const [, , code = "", carets = ""] = shown.split("\n");
    expect(carets.indexOf("^") - code.indexOf("s")).toBe(column);
  });

  test("a finding over several lines is marked to the end of the first", () => {
    const text = "loss = (a +\n  b)\n";
    const shown = textReport(reportOf(text, [findingOf(text, "(a +\n  b)")]), false);
    expect(shown).toContain("1 | loss = (a +\n  |        ^^^^\n");
  });

  test("names places in other files, those in the same one are in sight", () => {
    const related = [
      { span: { start: 0, end: 1 }, message: "Here." },
      elsewhere("conf/a.json", "{\n  1}", "1", "There."),
    ];
    const shown = textReport(reportOf("w", [{ ...findingOf("w", "w"), related }]), false);
    expect(shown).toContain("  About w.\n  conf/a.json:2:3: There.\n");
    expect(shown).not.toContain("Here.");
  });

  test("colours only where asked", () => {
    const report = reportOf("x", [findingOf("x", "x")]);
    expect(textReport(report, false)).not.toContain("\u001B");
    expect(textReport(report, true)).toContain("\u001B[31merror\u001B[0m");
  });

  test("sums up severities, fixes and what was skipped", () => {
    const text = "a b c";
    const findings = [
      findingOf(text, "a"),
      findingOf(text, "b", [], { severity: "warning" }),
      findingOf(text, "c", [], { severity: "warning" }),
    ];
    const skipped = [{ path: "big.json", message: "Larger than 4 MiB" }];
    const shown = textReport(
      reportOf(text, findings, { checkedCount: 3, fixedCount: 2, skipped }),
      false,
    );
    expect(shown).toContain("big.json: skipped: Larger than 4 MiB\n");
    expect(shown.trimEnd().split("\n").at(-1)).toBe(
      "3 findings in 1 file (1 error, 2 warnings) · 3 files checked · 2 fixes applied · 1 skipped",
    );
  });

  test.each([
    [["hint"], "1 hint not shown, --min-severity hint shows it"],
    [
      ["hint", "information", "hint"],
      "1 information, 2 hints not shown, --min-severity hint shows them",
    ],
    [["information"], "1 information not shown, --min-severity information shows it"],
  ] as const)("says what is too mild to be shown: %j", (hidden, note) => {
    expect(textReport(reportOf("", [], { hidden }), false)).toBe(
      `No findings · 1 file checked · ${note}\n`,
    );
  });

  test("a clean run is one line", () => {
    expect(textReport(reportOf("", []), true)).toBe("No findings · 1 file checked\n");
  });
});
