import { describe, expect, test } from "vitest";
import type { MetricChange } from "../../../core/protocol/panel/compare.ts";
import {
  metricDeltas,
  metricDeltaTable,
  metricParts,
} from "../../../webview/src/layout/metric-deltas.ts";

const change = (
  name: string,
  noise?: Partial<NonNullable<MetricChange["noise"]>>,
  values: Partial<MetricChange> = {},
): MetricChange => ({
  name,
  run: 0.38,
  other: 0.431,
  ...values,
  ...(noise === undefined
    ? {}
    : { noise: { deviation: 0.01, n: 5, threshold: 2.8, verdict: "within noise", ...noise } }),
});

describe("metricDeltas()", () => {
  test("puts all changes on one axis with no difference inside the band", () => {
    const { rows, band, zero, threshold, n } = metricDeltas(
      [
        change("validation/data_loss", { units: 3.6, verdict: "better" }),
        change("validation/accuracy", { units: -0.7 }),
      ],
      "validation",
      false,
    );
    expect({ threshold, n }).toEqual({ threshold: 2.8, n: 5 });
    expect(band[0]).toBeGreaterThan(0);
    expect(band[1]).toBeLessThan(1);
    expect(zero).toBeCloseTo((band[0] + band[1]) / 2, 12);
    expect(rows[0]?.place?.at).toBeGreaterThan(band[1]);
    expect(rows[1]?.place?.at).toBeLessThan(zero);
    expect(rows[1]?.place?.at).toBeGreaterThan(band[0]);
    expect(rows[0]).toMatchObject({ other: "0.431", run: "0.380", change: "−0.051" });
  });

  test("marks what lies beyond the end of the axis there", () => {
    const { rows } = metricDeltas(
      [
        change("test/loss", { units: 900, verdict: "better" }),
        change("test/r2", { verdict: "worse", deviation: 0 }),
      ],
      "test",
      false,
    );
    expect(rows.map(({ place }) => place)).toEqual([
      { at: 1, isCut: true },
      { at: 0, isCut: true },
    ]);
  });

  test("has no place for a metric without a better side, another objective, or unknown noise", () => {
    const { rows, n } = metricDeltas(
      [
        change("test/penalty", { units: 5, verdict: "different" }),
        change("test/loss", { units: 5, verdict: "other objective" }),
        change("test/data_loss"),
      ],
      "test",
      false,
    );
    expect(rows.map(({ place, verdict }) => [place, verdict])).toEqual([
      [undefined, "different"],
      [undefined, "other objective"],
      [undefined, "noise unknown"],
    ]);
    expect(n).toBe(5);
  });

  test("leaves out what is measured by direction until all is asked for", () => {
    const metrics = [
      change("test/loss"),
      change("test/recall@1/a_to_b"),
      change("test/recall@5/a_to_b"),
      change("train/loss"),
    ];
    expect(metricDeltas(metrics, "test", false)).toMatchObject({ rows: [{}, {}], hidden: 1 });
    expect(metricDeltas(metrics, "test", true).rows).toHaveLength(3);
  });

  test("tells a change that rounds to nothing", () => {
    const tiny = change("test/loss", undefined, { run: 1, other: 1.00002 });
    const none = change("test/loss", undefined, { run: 1, other: 1 });
    expect(metricDeltas([tiny, none], "test", false).rows.map((row) => row.change)).toEqual([
      "−2e-5",
      "0",
    ]);
  });
});

test("metricParts() puts the part that says most first", () => {
  expect(
    metricParts([change("train/loss"), change("test/loss"), change("validation/loss")]),
  ).toEqual(["validation", "test", "train"]);
});

test("metricDeltaTable() copies all metrics in full precision", () => {
  const exact = change("test/loss", { units: 1.25 }, { run: 1 / 3, other: 0.25 });
  const { copy } = metricDeltaTable([exact], ["new", "old"]);
  expect(copy().split("\n")[1]).toBe(
    `test/loss\t0.25\t${1 / 3}\t${1 / 3 - 0.25}\t0.01\t5\t1.25\t2.8\twithin noise`,
  );
});
