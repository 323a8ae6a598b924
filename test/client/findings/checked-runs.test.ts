import { describe, expect, test, vi } from "vitest";
import { checkedRuns, knownFindings } from "../../../client/src/findings/checked-runs.ts";
import { parseRunRecord } from "../../../core/protocol/parse-run-files.ts";
import { recordText } from "../../support/run-files.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const FINDING = { code: "NL501", name: "n", path: "train.py", line: 3, message: "m" };

test.each([
  ["found something", [FINDING], undefined, [FINDING]],
  ["looked and found nothing", [], true, []],
  ["did not look", [], undefined, undefined],
  ["found more than is kept", Array.from({ length: 200 }, () => FINDING), true, undefined],
])("knownFindings() of a launch that %s", (_case, findings, isChecked, expected) => {
  const checked = isChecked === undefined ? {} : { is_checked: isChecked };
  expect(knownFindings({ findings, ...checked })).toEqual(expected);
});

describe("checkedRuns", () => {
  const run = runListEntry({ folder: "/w/.normlens/runs/a" });
  const parsed = parseRunRecord(JSON.parse(recordText({ findings: [FINDING] })));
  if (typeof parsed === "string") throw new TypeError(parsed);
  const full = parsed;

  test("reads each finished run of the folder once", async () => {
    const detail = vi.fn(async () => ({ record: full, values: {} }));
    const runs = [
      run,
      runListEntry({ folder: "/w/.normlens/runs/b", status: "running" }),
      runListEntry({ folder: "/v/.normlens/runs/c" }),
    ];
    const checked = checkedRuns({ runs: () => runs, detail });
    expect(await checked("/w")).toEqual([{ run, findings: [FINDING] }]);
    await checked("/w");
    expect(detail).toHaveBeenCalledTimes(1);
  });

  test("counts a run for nothing that cannot be read", async () => {
    const detail = () => Promise.reject(new Error("torn"));
    expect(await checkedRuns({ runs: () => [run], detail })("/w")).toEqual([
      { run, findings: undefined },
    ]);
  });
});
