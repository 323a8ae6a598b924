import { describe, expect, test } from "vitest";
import { parseListedRecord } from "../../../core/protocol/listed-record.ts";
import type { RunRecord } from "../../../core/protocol/run-files.ts";
import { runRecord } from "../../support/run-list-entry.ts";

const parsed = (changes: Partial<RunRecord>) => {
  const found = parseListedRecord(runRecord(changes));
  if (typeof found === "string") throw new TypeError(found);
  return found;
};

describe("parseListedRecord()", () => {
  test("keeps the metrics that a list has a use for, and nothing that is long", () => {
    const { record, final } = parsed({
      final: { "validation/data_loss": 0.5, "test/r2": "NaN", "test/mrr": 1 },
      findings: [{ code: "NL1", name: "x", path: "a.py", line: 1, message: "m" }],
    });
    expect(final).toEqual({ "validation/data_loss": 0.5, "test/r2": Number.NaN });
    expect(Object.keys(record).toSorted()).toEqual(
      [
        ...["backend", "host", "name", "objective", "pid", "spec", "spec_hash", "started"],
        ...["status", "steps_total"],
      ].toSorted(),
    );
  });

  test("counts the λ of a path and the trials of a sweep, and gives the best one's metric", () => {
    const point = { lambda: 1, mean: 1, se: 1, non_zeros: 1 };
    const trial = {
      number: 1,
      run: "",
      set: [],
      epochs: 1,
      value: 0.5,
      status: "finished",
    } as const;
    const sweep = { metric: "validation/loss", goal: "minimize", rungs: [1] } as const;
    const selection = { lambda: 0.1, rule: "best", path: [point, point] };
    expect(parsed({ selection }).record.selection).toEqual({ lambda: 0.1, tried: 2 });
    const trials = [trial, { ...trial, number: 2, value: "NaN" as const }];
    const base = { metric: "validation/loss", goal: "minimize", trials: 2 };
    expect(parsed({ sweep: { ...sweep, trials, best: 1 } }).record.sweep).toEqual({
      ...base,
      best: 0.5,
    });
    for (const best of [2, 3]) {
      expect(parsed({ sweep: { ...sweep, trials, best } }).record.sweep).toEqual(base);
    }
    expect(parsed({ sweep: { ...sweep, trials } }).record.sweep).toEqual(base);
  });

  test.each([
    [{ ...runRecord(), final: [] }, "final should be an object, found []"],
    [{ ...runRecord(), status: "odd" }, 'status should be "running"'],
    [{ ...runRecord(), selection: { lambda: 1, path: 3 } }, "selection.path should be a list"],
    [{ ...runRecord(), started: "soon" }, "started should be a date and time"],
    [7, "the value should be an object, found 7"],
  ])("says what is wrong with %#", (value, problem) => {
    expect(parseListedRecord(value)).toContain(problem);
  });
});
