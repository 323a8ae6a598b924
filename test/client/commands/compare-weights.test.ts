import { expect, test, vi } from "vitest";
import { compareWeights } from "../../../client/src/commands/compare-weights.ts";

const uri = (fsPath: string) => ({ fsPath });

function depsWith(picked: string | undefined, active?: string) {
  return {
    activeWeightFile: () => active,
    pickWeightFile: vi.fn(async () => picked),
    compareWeights: vi.fn(async () => undefined),
  };
}

test.each<[string, readonly unknown[], string | undefined, readonly [string, string]]>([
  ["two selected files", [uri("/a"), [uri("/b"), uri("/a")]], undefined, ["/a", "/b"]],
  [
    "the file of the menu and the one that is picked",
    [uri("/a"), [uri("/a")]],
    undefined,
    ["/a", "/p"],
  ],
  ["an editor's title", [uri("/a"), { groupId: 1 }], undefined, ["/a", "/p"]],
  ["the editor in front", [], "/active", ["/active", "/p"]],
  ["two picked files", [], undefined, ["/p", "/p"]],
])("compares %s", async (_, given, active, wanted) => {
  const deps = depsWith("/p", active);
  await compareWeights.run(deps, ...given);
  expect(deps.compareWeights).toHaveBeenCalledWith(...wanted);
});

test.each([
  ["a file", undefined],
  ["another one", "/a"],
])("does nothing when %s is not chosen", async (_, active) => {
  const deps = depsWith(undefined, active);
  await compareWeights.run(deps);
  expect(deps.compareWeights).not.toHaveBeenCalled();
});
