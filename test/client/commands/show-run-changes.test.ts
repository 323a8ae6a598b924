import { expect, test, vi } from "vitest";
import { showRunChanges } from "../../../client/src/commands/show-run-changes.ts";
import type { ChangesSince } from "../../../client/src/runs/changes-since.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const RUN = runListEntry();
const CODE = { commit: "0123456789", files: ["net.py", "train.py"] };

const depsFor = (changes: ChangesSince) => ({
  runs: vi.fn(async () => [RUN]),
  pickRun: vi.fn(async () => RUN),
  pickOption: vi.fn(async (_title: string, labels: readonly string[]) => labels.at(-1)),
  changesSince: vi.fn(async () => changes),
  showConfigDiff: vi.fn(async () => undefined),
  showCodeDiff: vi.fn(async () => undefined),
  inform: vi.fn(),
});
const target = (kind?: string) => ({ folder: RUN.folder, ...(kind === undefined ? {} : { kind }) });

test.each([
  ["config", { config: "changed" }, undefined, 1, 0],
  ["code", { config: "changed", code: CODE }, "code", 0, 1],
  ["config before code", { config: "changed", code: CODE }, "config", 1, 0],
  ["code where the config is the same", { config: "same", code: CODE }, undefined, 0, 1],
] satisfies [string, ChangesSince, string | undefined, number, number][])(
  "showRunChanges shows %s",
  async (_case, changes, kind, config, code) => {
    const deps = depsFor(changes);
    await showRunChanges.run(deps, target(kind));
    expect(deps.showConfigDiff).toHaveBeenCalledTimes(config);
    expect(deps.showCodeDiff).toHaveBeenCalledTimes(code);
  },
);

test("showRunChanges lets one of several files be picked", async () => {
  const deps = depsFor({ config: "same", code: CODE });
  await showRunChanges.run(deps, target());
  expect(deps.pickOption).toHaveBeenCalledWith("Changed since commit 0123456", CODE.files, "");
  expect(deps.showCodeDiff).toHaveBeenCalledWith(RUN, CODE.commit, "train.py");
});

test.each([
  [{ config: "same" }, "Nothing has changed since Shapes was launched, as far as it is known."],
  [{ config: "gone" }, "shapes.normlens.yaml is not there any more; the run has its own copy."],
] satisfies [ChangesSince, string][])("showRunChanges says of %j so", async (changes, message) => {
  const deps = depsFor(changes);
  await showRunChanges.run(deps, target());
  expect(deps.inform).toHaveBeenCalledWith(message);
  expect(deps.showConfigDiff).not.toHaveBeenCalled();
});
