import { expect, test } from "vitest";
import { compareByLambda, lambdasOfRun } from "../../../client/src/runs/lambdas-of-run.ts";
import type { RunRecord } from "../../../core/protocol/run-files.ts";
import { runListEntry } from "../../support/run-list-entry.ts";

const penalties = [2e-4, 2e-4, 1e-4].map((lambda) => ({ norm: "l1", lambda }));
const selection = { lambda: 0.3, rule: "one_se", path: [] };
const sweep = { metric: "validation/loss", goal: "minimize", rungs: [1], trials: [] } as const;

test.each<[string, Partial<RunRecord>, readonly number[]]>([
  ["each strength once", { penalties }, [2e-4, 1e-4]],
  ["the chosen one alone", { penalties, selection }, [0.3]],
  ["none of a sweep", { penalties, sweep }, []],
  ["none where there is no penalty", {}, []],
])("lambdasOfRun() gives %s", (_name, record, lambdas) => {
  expect(lambdasOfRun(runListEntry({}, record))).toEqual(lambdas);
});

test("compareByLambda() puts the weakest first and what has none last", () => {
  const of = (id: string, record: Partial<RunRecord>) => runListEntry({ id }, record);
  const runs = [of("none", {}), of("0.3", { selection }), of("2e-4", { penalties })];
  expect(runs.toSorted(compareByLambda).map(({ id }) => id)).toEqual(["2e-4", "0.3", "none"]);
  expect(compareByLambda(of("a", {}), of("b", {}))).toBe(0);
});
