import { expect, test } from "vitest";
import { jsonReport } from "../../../cli/src/check/json-report.ts";
import { elsewhere } from "../../support/elsewhere.ts";
import { findingOf } from "../../support/finding-of.ts";
import { reportOf } from "../../support/report-of.ts";

test("jsonReport() gives positions from 1, columns in code points, offsets in UTF-16 units", () => {
  const text = "a\n'😀'; w > t";
  const start = text.indexOf(">");
  const fix = {
    title: "Use `<`",
    safety: "safe",
    edits: [{ span: { start, end: start + 1 }, newText: "<" }],
  } as const;
  const problems = [{ path: "gone.py", message: "Cannot be read" }];
  const parsed: unknown = JSON.parse(
    jsonReport(reportOf(text, [findingOf(text, "w > t", [fix])], { problems })),
  );
  expect(parsed).toEqual({
    findings: [
      {
        path: "src/model.py",
        code: "NL601",
        name: "prune-zeroes-largest",
        family: "sparsity",
        severity: "error",
        message: "About w > t.",
        start: { line: 2, column: 6, offset: 8 },
        end: { line: 2, column: 11, offset: 13 },
        related: [],
        fixes: [
          {
            title: "Use `<`",
            safety: "safe",
            edits: [
              {
                start: { line: 2, column: 8, offset: 10 },
                end: { line: 2, column: 9, offset: 11 },
                text: "<",
              },
            ],
          },
        ],
      },
    ],
    checked: 1,
    fixed: 0,
    skipped: [],
    problems,
  });
});

test("jsonReport() names the file of a place that lies in another one", () => {
  const related = [elsewhere("conf/a.json", '{\n"😀": 1}', "1", "There.")];
  const report = reportOf("w", [{ ...findingOf("w", "w"), related }]);
  expect(JSON.parse(jsonReport(report))).toMatchObject({
    findings: [
      {
        related: [
          {
            message: "There.",
            path: "conf/a.json",
            start: { line: 2, column: 6, offset: 8 },
            end: { line: 2, column: 7, offset: 9 },
          },
        ],
      },
    ],
  });
});
