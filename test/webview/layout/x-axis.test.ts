import { describe, expect, test } from "vitest";
import { xScale } from "../../../webview/src/layout/x-axis.ts";
import { runHeader, series } from "../run-state.ts";

const HELD = new Map([["train/loss", series([0, 5, 40], [3, 2, 1])]]);
const first = HELD.get("train/loss") ?? series([], []);

describe("xScale()", () => {
  test.each([
    ["running", "step", [0, 100]],
    ["running", "epoch", [0, 10]],
    ["running", "time", [0, 4]],
    ["failed", "step", [0, 100]],
    ["finished", "step", [0, 40]],
    ["finished", "epoch", [0, 4]],
  ] as const)("a %s run has the %s range %j", (status, axis, range) => {
    const header = runHeader({ status });
    expect(xScale({ series: HELD, header, axis, zoom: undefined }).range).toEqual(range);
  });

  test("spreads the steps of an epoch instead of piling them on a whole number", () => {
    const scale = xScale({ series: HELD, header: runHeader(), axis: "epoch", zoom: undefined });
    expect([...scale.toX(first)]).toEqual([0, 0.5, 4]);
    expect(scale.epochLength).toBe(1);
  });

  test("counts time from the start of the run, from the first line where that is not known", () => {
    const late = runHeader({ started: new Date(998_000).toISOString() });
    const times = (header: typeof late | undefined) =>
      [...xScale({ series: HELD, header, axis: "time", zoom: undefined }).toX(first)].map((x) =>
        Number(x.toFixed(6)),
      );
    expect(times(late)).toEqual([2, 2.5, 6]);
    expect(times(undefined)).toEqual([0, 0.5, 4]);
  });

  test("keeps a zoom and says so", () => {
    const scale = xScale({ series: HELD, header: runHeader(), axis: "step", zoom: [3, 9] });
    expect(scale).toMatchObject({ range: [3, 9], isZoomed: true, epochLength: 10 });
    expect(scale.formatValue(1234)).toBe("step 1\u2009234");
  });

  test("has a range before anything was measured", () => {
    const scale = xScale({ series: new Map(), header: undefined, axis: "step", zoom: undefined });
    expect(scale.range).toEqual([0, 1]);
  });
});
