import { expect, test } from "vitest";
import { githubReport } from "../../../cli/src/check/github-report.ts";
import { findingOf } from "../../support/finding-of.ts";
import { reportOf } from "../../support/report-of.ts";

test("githubReport() escapes what would end a property or the line", () => {
  const text = "w > t";
  const finding = {
    ...findingOf(text, "w > t", [], { severity: "warning" }),
    message: "50 % of it,\nsee: this",
  };
  expect(githubReport(reportOf(text, [finding], { path: "a,b:c.py" }))).toBe(
    "::warning file=a%2Cb%3Ac.py,line=1,endLine=1,col=1,endColumn=6," +
      "title=NL601 prune-zeroes-largest::50 %25 of it,%0Asee: this\n",
  );
});

test.each([
  ["error", "::error "],
  ["information", "::notice "],
  ["hint", "::notice "],
] as const)("githubReport() shows %s as %s", (severity, command) => {
  const findings = [findingOf("w", "w", [], { severity })];
  expect(githubReport(reportOf("w", findings))).toMatch(new RegExp(`^${command}`));
});

test("githubReport() leaves columns out where lines differ, as GitHub demands", () => {
  const text = "(a +\n b)";
  expect(githubReport(reportOf(text, [findingOf(text, text)]))).toContain(
    "line=1,endLine=2,title=",
  );
});
