import { expect, test } from "vitest";
import { reportSummary } from "../../../client/src/findings/report-summary.ts";
import type { WorkspaceReport } from "../../../core/protocol/lsp.ts";

const range = { start: { line: 4, character: 0 }, end: { line: 4, character: 3 } };
const finding = (severity: "error" | "hint") => ({
  code: "NL601",
  name: "prune-zeroes-largest",
  severity,
  message: "m",
  range,
});
const report: WorkspaceReport = {
  files: [
    { uri: "file:///w/a.py", findings: [finding("error"), finding("hint"), finding("hint")] },
  ],
  checked: 12,
  problems: [],
  isPartial: false,
};

test.each([
  ["severities in order", report, "12 files checked: 1 error, 2 hints."],
  ["nothing found", { ...report, files: [], checked: 1 }, "1 file checked: no findings."],
  [
    "a cancelled check",
    { ...report, files: [], isPartial: true },
    "12 files checked (cancelled, not all files): no findings.",
  ],
])("reportSummary() counts %s", (_name, value, text) => expect(reportSummary(value)).toBe(text));
