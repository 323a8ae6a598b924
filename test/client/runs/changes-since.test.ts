import { expect, test } from "vitest";
import { changesSince } from "../../../client/src/runs/changes-since.ts";
import { pageChanges } from "../../../client/src/runs/page-changes.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const deps = (commit: string | undefined) => ({
  experimentOf: async () => ({ file: "/w/x", state: "changed" as const }),
  commitOf: async () => commit,
  codeChanges: async (_run: unknown, at: string) => ({ commit: at, files: ["train.py", "net.py"] }),
});

test.each([
  ["an experiment: its file alone", "a.normlens.yaml", "abc", { config: "changed" }],
  [
    "code: the files that differ",
    "train.py",
    "abc",
    { config: "changed", code: { commit: "abc", files: 2 } },
  ],
  ["code outside of a repository", "train.py", undefined, { config: "changed" }],
])("changesSince() tells of %s", async (_case, spec, commit, expected) => {
  const changes = await changesSince(deps(commit), runListEntry({}, { spec }));
  expect(pageChanges(changes)).toEqual(expected);
});
