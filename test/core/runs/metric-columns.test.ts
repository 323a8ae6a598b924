import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMetricColumns } from "../../../core/runs/metric-columns.ts";

const line = (step: number, values: Record<string, number | "NaN">, time = step) => ({
  step,
  epoch: Math.floor(step / 10),
  time,
  values,
});

function points(columns: ReturnType<typeof createMetricColumns>, name: string): number[][] {
  const { lines = new Uint32Array(), values = [] } = columns.column(name) ?? {};
  return Array.from(lines, (at, index) => [columns.steps()[at] ?? -1, values[index] ?? -1]);
}

describe("createMetricColumns()", () => {
  test("holds each metric with its own steps, in the order of their first appearance", () => {
    const columns = createMetricColumns();
    columns.add(line(1, { loss: 3 }));
    columns.add(line(2, { loss: "NaN", accuracy: 0.5 }));
    expect(columns.names()).toEqual(["loss", "accuracy"]);
    expect(points(columns, "loss")).toEqual([
      [1, 3],
      [2, Number.NaN],
    ]);
    expect(points(columns, "accuracy")).toEqual([[2, 0.5]]);
    expect(columns.column("other")).toBeUndefined();
  });

  test("keeps the last value of a step that comes again, as a map by step would", () => {
    const lines = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.double({ noNaN: true })));
    fc.assert(
      fc.property(lines, (all) => {
        const columns = createMetricColumns();
        let expected: (readonly [number, number])[] = [];
        for (const [step, value] of all) {
          columns.add(line(step, { a: value }));
          expected = [...expected.filter(([before]) => before < step), [step, value]];
        }
        expect(points(columns, "a")).toEqual(expected);
      }),
    );
  });

  test("grows past its room, and its version with every value", () => {
    const columns = createMetricColumns();
    for (let step = 0; step < 1000; step++) columns.add(line(step, { a: step * 2 }));
    expect(points(columns, "a")[999]).toEqual([999, 1998]);
    const { version } = columns.column("a") ?? {};
    columns.add(line(1000, { b: 1 }));
    expect(columns.column("a")?.version).toBe(version);
    columns.add(line(1001, { a: 1 }));
    expect(columns.column("a")?.version).not.toBe(version);
  });

  test("does not let a clock that was set back run backwards", () => {
    const columns = createMetricColumns();
    for (const time of [5, 3, 7]) columns.add(line(time, { a: 1 }, time));
    expect(columns.times()).toEqual(Float64Array.of(5, 5, 7));
  });

  test("is empty again after a reset", () => {
    const columns = createMetricColumns();
    columns.add(line(1, { a: 1 }));
    columns.clear();
    expect([columns.names(), columns.steps().length]).toEqual([[], 0]);
  });

  test("takes names that objects have by themselves", () => {
    const columns = createMetricColumns();
    columns.add(line(1, { constructor: 4 }));
    expect(points(columns, "constructor")).toEqual([[1, 4]]);
    expect(columns.column("toString")).toBeUndefined();
  });
});
