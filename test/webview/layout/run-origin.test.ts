import { expect, test } from "vitest";
import type { RunChanges } from "../../../core/protocol/panel/code.ts";
import { runOrigin } from "../../../webview/src/layout/run-origin.ts";

test.each([
  [0, undefined, []],
  [0, { config: "same" }, []],
  [1, { config: "same" }, ["1 finding at launch"]],
  [3, { config: "changed" }, ["3 findings at launch", "Config changed since this run"]],
  [0, { config: "gone" }, ["Config is gone"]],
  [0, { config: "same", code: { commit: "abcdef012345", files: 0 } }, []],
  [
    0,
    { config: "same", code: { commit: "abcdef012345", files: 2 } },
    ["Code changed since this run"],
  ],
] satisfies [number, RunChanges | undefined, string[]][])(
  "runOrigin(%i, %j) notes %j",
  (findings, changes, expected) => {
    expect(runOrigin(findings, changes).map(({ text }) => text)).toEqual(expected);
  },
);

test("runOrigin() offers no diff with a file that is gone, and names the commit", () => {
  expect(runOrigin(0, { config: "gone" })[0]?.action).toBeUndefined();
  const [code] = runOrigin(0, { config: "same", code: { commit: "abcdef012345", files: 2 } });
  expect(code?.hint).toContain("2 files of code differ from commit abcdef0");
});
