import { expect, test } from "vitest";
import { distinctTimes, withDistinctNames } from "../../../webview/src/layout/distinct-names.ts";

const RUNS = [
  { name: "shapes", started: "2026-11-21T10:15:00" },
  { name: "ridge", started: "2026-11-21T10:16:00" },
  { name: "shapes", started: "2026-11-21T22:15:07" },
  { name: "shapes", started: "sometime" },
];

test("distinctTimes() tells when runs of one name started, where that is known", () => {
  expect(distinctTimes(RUNS, "en-GB")).toEqual(["10:15:00", "", "22:15:07", ""]);
});

test("withDistinctNames() adds the times to the names that several runs have", () => {
  expect(withDistinctNames(RUNS, "en-GB").map(({ name }) => name)).toEqual([
    "shapes 10:15:00",
    "ridge",
    "shapes 22:15:07",
    "shapes",
  ]);
});
