import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  parseItemLine,
  parseLayerLine,
  parseMetricLine,
  parseRunRecord,
} from "../../../core/protocol/parse-run-files.ts";
import { runRecord } from "../../support/run-list-entry.ts";

const record = runRecord();
const metricLine = { step: 120, epoch: 3, time: 1.5, values: { "train/loss": 0.5, odd: "NaN" } };
const layerLine = {
  step: 120,
  epoch: 3,
  layer: "image.0.weight",
  shape: [2, 1],
  count: 2,
  zeros: 1,
  non_finite: 0,
  l1: 3,
  l2: 3,
  max_abs: 3,
  penalty: "1e-4‖w‖₁",
  histogram: { edges: [-3, 3], counts: [1] },
};
const itemLine = { row: 0, label: "circle", caption: "a red circle", missing: [] };

const GOOD = [
  ["parseRunRecord", parseRunRecord, record],
  [
    "parseRunRecord with all it may hold",
    parseRunRecord,
    {
      ...record,
      ended: record.started,
      git_commit: "abc",
      parent: "sweep",
      reached: { step: 3, epoch: 0.5 },
      penalties: [{ norm: "l1", lambda: 1e-4, on: "image.*" }],
      error: { message: "Out of memory" },
      selection: { lambda: 1, rule: "one_se", path: [{ lambda: 1, mean: 2, se: 3, non_zeros: 4 }] },
      findings: [{ code: "NL303", name: "a", path: "b.py", line: 1, message: "c" }],
    },
  ],
  ["parseMetricLine", parseMetricLine, metricLine],
  ["parseLayerLine", parseLayerLine, layerLine],
  [
    "parseLayerLine with all it may hold",
    parseLayerLine,
    { ...layerLine, dead_units: 0, units: 1, spectrum: [3] },
  ],
  ["parseItemLine", parseItemLine, itemLine],
  ["parseItemLine with a thumbnail", parseItemLine, { ...itemLine, thumbnail: 4 }],
] as const;

describe("parsers of run files", () => {
  test.each(GOOD)("%s() takes the stated form and drops unknown keys", (_name, parse, value) => {
    expect(parse({ ...value, unknown: 1 })).toEqual(value);
  });

  test.each(GOOD)("%s() never throws and never passes a changed type", (_name, parse, value) => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(value)), fc.jsonValue(), (key, other) => {
        const parsed = parse({ ...value, [key]: other });
        if (typeof parsed !== "string") return;
        expect(parsed).toContain(key);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (other) => {
        expect(typeof parse(other)).toBe("string");
      }),
    );
  });
});

describe("problem texts", () => {
  test.each([
    [parseRunRecord(null), "the value should be an object, found null"],
    [parseRunRecord({ ...record, format: 2 }), "format should be 1, found 2"],
    [
      parseRunRecord({ ...record, status: "done" }),
      'status should be "running" or "finished" or "failed" or "cancelled" or "lost", found "done"',
    ],
    [
      parseRunRecord({ ...record, started: "soon" }),
      'started should be a date and time, found "soon"',
    ],
    [parseRunRecord({ ...record, classes: ["a", 2] }), "classes[1] should be text, found 2"],
    [
      parseMetricLine({ ...metricLine, values: { "train/loss": null } }),
      'values.train/loss should be a number, "NaN" or "±Infinity", found null',
    ],
    [
      parseMetricLine({ ...metricLine, step: -1 }),
      "step should be a whole number from 0, found -1",
    ],
    [
      parseLayerLine({ ...layerLine, histogram: { edges: [0], counts: [1] } }),
      'histogram should be one edge more than counts, found {"edges":[0],"counts":[1]}',
    ],
    [parseItemLine({ row: 0 }), "label should be text, found nothing"],
    [
      parseItemLine({ ...itemLine, label: new Array(50).fill("x") }),
      `label should be text, found ${JSON.stringify(new Array(50).fill("x")).slice(0, 60)}…`,
    ],
  ])("%s", (problem, expected) => expect(problem).toBe(expected));
});
