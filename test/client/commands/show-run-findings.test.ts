import { expect, test, vi } from "vitest";
import { showRunFindings } from "../../../client/src/commands/show-run-findings.ts";
import type { FindingAtLaunch } from "../../../core/protocol/run-files.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const RUN = runListEntry();
const FINDING = { code: "NL501", name: "n", path: "train.py", line: 3, message: "m" };

const depsFor = (findings: readonly FindingAtLaunch[] | undefined) => ({
  runs: vi.fn(async () => [RUN]),
  pickRun: vi.fn(async () => RUN),
  findingsOfRun: vi.fn(async () => findings),
  pickFinding: vi.fn(async (_title: string, all: readonly FindingAtLaunch[]) => all[0]),
  showFinding: vi.fn(async () => undefined),
  inform: vi.fn(),
});

test("showRunFindings goes to the line of the one that is picked", async () => {
  const deps = depsFor([FINDING]);
  await showRunFindings.run(deps, { folder: RUN.folder });
  expect(deps.showFinding).toHaveBeenCalledWith(RUN, FINDING);
  expect(deps.pickRun).not.toHaveBeenCalled();
});

test.each([
  [[], "Nothing was found when Shapes was launched."],
  [
    undefined,
    "What was found when Shapes was launched is not known: the workspace was not checked.",
  ],
])("showRunFindings says so where there are none: %j", async (findings, message) => {
  const deps = depsFor(findings);
  await showRunFindings.run(deps, { folder: RUN.folder });
  expect(deps.inform).toHaveBeenCalledWith(message);
  expect(deps.pickFinding).not.toHaveBeenCalled();
});
