import { describe, expect, test } from "vitest";
import { createMetricColumns } from "../../../core/runs/metric-columns.ts";
import { type CurveView, sampledCurve } from "../../../core/runs/sampled-curve.ts";

const VIEW: CurveView = { axis: "step", width: 100, smoothing: 0 };
const CLOCK = { started: 1000, epochsPerStep: 0.01 };

/** A metric logged at every step from 0, ten steps a second. */
function logged(name: string, values: readonly number[], view: Partial<CurveView> = {}) {
  const columns = createMetricColumns();
  for (const [step, value] of values.entries()) {
    const time = 1000 + step / 10;
    columns.add({ step, epoch: Math.floor(step / 100), time, values: { [name]: value } });
  }
  const column = columns.column(name);
  if (column === undefined) throw new TypeError("Nothing was logged");
  return sampledCurve(columns, { name, ...column }, { view: { ...VIEW, ...view }, clock: CLOCK });
}

const wave = (length: number) =>
  Array.from({ length }, (_, step) => Math.sin(step / 50) + (step % 7) / 100);

describe("sampledCurve()", () => {
  test("gives a short metric as it is", () => {
    const values = wave(30);
    const curve = logged("validation/loss", values, { smoothing: 0.9 });
    expect(curve).toMatchObject({ total: 30, marks: new Float64Array(), low: new Float64Array() });
    expect([...curve.values]).toEqual(values);
    expect([...curve.epochs]).toEqual(values.map(() => 0));
    expect(curve.times[5]).toBe(1000.5);
  });

  test("of a long one gives few points with the extremes of all, and says how many there are", () => {
    const values = wave(50_000);
    values[31_234] = 9;
    const curve = logged("validation/loss", values);
    expect(curve.total).toBe(50_000);
    expect(curve.values.length).toBeLessThanOrEqual(4 * 100);
    expect(Math.max(...curve.values)).toBe(9);
    expect(Math.min(...curve.values)).toBe(Math.min(...values));
    for (const [index, step] of curve.steps.entries()) {
      expect(curve.values[index]).toBe(values[step]);
    }
    expect([curve.steps[0], curve.steps.at(-1)]).toEqual([0, 49_999]);
    expect(curve.marks).toHaveLength(100);
    expect(curve.steps[curve.marks.at(-1) ?? 0]).toBe(49_999);
  });

  test.each([
    ["step", 20_000, 20_500],
    ["epoch", 200, 205],
    ["time", 2000, 2050],
  ] as const)("has every point of a narrow window on the %s axis", (axis, from, to) => {
    const curve = logged("validation/loss", wave(50_000), { axis, from, to });
    const inside = [...curve.steps].filter((step) => step >= 20_000 && step <= 20_500);
    expect(inside).toEqual(Array.from({ length: 501 }, (_, index) => 20_000 + index));
    expect([curve.steps[0], curve.steps.at(-1)]).toEqual([0, 49_999]);
    expect(curve.values.length).toBeLessThan(501 + 2 * 4 * 200 + 10);
  });

  test("smooths over all points before it leaves any out, between the raw extremes", () => {
    const values = wave(50_000).map((value, step) => value + (step % 2 === 0 ? 1 : -1));
    const curve = logged("train/loss", values, { smoothing: 0.9 });
    let [sum, weight] = [0, 0];
    const smooth = values.map((value) => {
      sum = sum * 0.9 + value;
      weight = weight * 0.9 + 1;
      return sum / weight;
    });
    for (const [index, step] of curve.steps.entries()) {
      expect(curve.values[index]).toBeCloseTo(smooth[step] ?? Number.NaN, 9);
    }
    expect(curve.low).toHaveLength(curve.marks.length);
    const ends = [...curve.marks].map((mark) => curve.steps[mark] ?? 0);
    const raw = values.slice((ends[3] ?? 0) + 1, (ends[4] ?? 0) + 1);
    expect(curve.low[4]).toBeLessThanOrEqual(Math.min(...raw));
    expect(curve.high[4]).toBeGreaterThanOrEqual(Math.max(...raw));
    expect(curve.high[4]).toBeLessThanOrEqual(Math.max(...values));
  });

  test.each([
    ["train/loss", true],
    ["weights/fc/gradient_norm", true],
    ["train/learning_rate", false],
    ["train/lambda/0_l1", false],
    ["weights/fc/l1", false],
    ["validation/loss", false],
  ])("smooths %s: %s", (name, isSmoothed) => {
    const values = wave(60);
    const curve = logged(name, values, { smoothing: 0.9 });
    expect(curve.values[59] !== values[59]).toBe(isSmoothed);
    expect(curve.low.length > 0).toBe(isSmoothed);
  });

  test("keeps a line broken where a value was not finite", () => {
    const values = wave(10_000);
    values[4321] = Number.NaN;
    const curve = logged("train/loss", values, { smoothing: 0.5 });
    const broken = curve.values.findIndex(Number.isNaN);
    expect(curve.steps[broken]).toBe(4321);
  });

  test("takes a window beyond the curve", () => {
    const curve = logged("validation/loss", wave(10_000), { from: 50_000, to: 60_000 });
    expect(curve.steps.at(-1)).toBe(9999);
    expect(logged("validation/loss", wave(10_000), { from: -9, to: -1 }).steps[0]).toBe(0);
  });
});
