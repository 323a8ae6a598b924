import { expect, test } from "vitest";
import { findingsAtLaunch } from "../../../client/src/findings/findings-at-launch.ts";
import type { WorkspaceReport } from "../../../core/protocol/lsp.ts";

const range = { start: { line: 4, character: 0 }, end: { line: 4, character: 3 } };
const report: WorkspaceReport = {
  files: [
    {
      uri: "file:///w/a.py",
      findings: [
        { code: "NL601", name: "prune-zeroes-largest", severity: "error", message: "m", range },
      ],
    },
  ],
  checked: 1,
  problems: [],
  isPartial: false,
};

test("findingsAtLaunch() counts lines from 1 and keeps paths of the workspace", () => {
  const [first] = findingsAtLaunch(report, (uri) => uri.replace("file:///w/", ""));
  expect(first).toEqual({
    code: "NL601",
    name: "prune-zeroes-largest",
    path: "a.py",
    line: 5,
    message: "m",
  });
});
