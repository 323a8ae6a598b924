import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { faultText } from "../../../core/protocol/decoder.ts";
import {
  decodeFromPage,
  decodePanelRequest,
  decodeToPage,
  isPanelRequest,
} from "../../../core/protocol/webview.ts";

describe("decodeFromPage()", () => {
  test.each([
    { type: "ready" },
    { type: "run/stop" },
    { type: "weights/request", step: 3 },
    { type: "weights/request-matrix", step: 3, layer: "fc.weight" },
    {
      type: "weights/request-matrix",
      step: 3,
      layer: "fc",
      minus: { other: "/w/run", step: 0 },
    },
    { type: "weights/request-history", layer: "fc.weight" },
    { type: "weights/request-difference", step: 3, other: "/w/run", otherStep: 5 },
    { type: "embeddings/request", step: 0 },
    { type: "embeddings/request", step: 0, isShown: true },
    { type: "others/remove", key: "/w/run" },
    {
      type: "curves/window",
      axis: "time",
      from: 0.5,
      to: 3,
      width: 900,
      smoothing: 0.6,
      others: ["/w/run"],
      metrics: ["train/loss"],
    },
    { type: "text/copy", text: "a\tb" },
    { type: "path/apply", lambda: 0.25 },
    { type: "path/finer", low: 0.1, high: 0.4 },
  ])("takes $type as it is and drops what does not belong to it", (message) => {
    expect(decodeFromPage({ ...message, more: 1 })).toEqual({ ok: true, value: message });
  });

  test.each([
    [{ type: "weights/request", step: 0.5 }, "step should be a whole number from 0, found 0.5"],
    [{ type: "weights/request-matrix", step: 3 }, "layer should be text, found nothing"],
    [{ type: "text/copy" }, "text should be text, found nothing"],
    [{ type: "path/apply", lambda: Number.NaN }, "lambda should be a number, found null"],
    [{ type: "run/delete" }, 'the value should be a message that is known, found "run/delete"'],
    [{ type: "constructor" }, 'the value should be a message that is known, found "constructor"'],
    [7, "the value should be a message that is known, found 7"],
  ])("says what is wrong with %j", (message, wanted) => {
    const decoded = decodeFromPage(message);
    expect(decoded.ok ? "" : faultText(decoded)).toBe(wanted);
  });

  test("takes anything without a throw", () => {
    fc.assert(fc.property(fc.anything(), (value) => void decodeFromPage(value)));
  });
});

describe("decodeToPage()", () => {
  const curve = {
    name: "train/loss",
    total: 7,
    steps: Float64Array.of(1),
    epochs: Float64Array.of(0),
    times: Float64Array.of(5),
    values: Float64Array.of(Number.NaN),
    marks: Float64Array.of(0),
    low: Float64Array.of(1),
    high: Float64Array.of(2),
  };
  const own = { key: "", reset: true, reached: { step: 3 }, curves: [curve] };
  const layer = {
    layer: "fc",
    shape: [2],
    count: 2,
    zeros: 0,
    nonFinite: 1,
    l1: Number.NaN,
    l2: Number.POSITIVE_INFINITY,
    maxAbs: 3,
    histogram: { edges: [0, 1], counts: [2] },
  };

  test.each([
    { type: "curves/window", run: "r", runs: [own, { ...own, key: "/w/b", curves: [] }] },
    { type: "weights/snapshot", run: "r", steps: [1], step: 1, layers: [layer] },
    { type: "weights/no-matrix", run: "r", layer: "fc", reason: "no file" },
    { type: "embeddings/reading", run: "r", steps: [1, 5], step: 5, share: 0.25 },
    { type: "embeddings/no-view", run: "r", step: 5, reason: "no file" },
    {
      type: "weights/history",
      run: "r",
      history: {
        layer: "fc",
        total: 300,
        entries: [{ step: 1, count: 2, zeros: 1, nonFinite: 0, histogram: layer.histogram }],
      },
    },
    {
      type: "weights/difference",
      run: "r",
      difference: {
        step: 1,
        other: "/w/run",
        otherStep: 2,
        otherSteps: [1, 2],
        layers: [layer],
        unmatched: [{ layer: "head", reason: "only in this run" }],
        values: [
          { layer: "fc", distance: 1, maxAbs: 1, zerosGained: 0, zerosLost: 2, nonFinite: 0 },
        ],
        unread: [],
        isWhole: true,
      },
    },
    { type: "weights/no-difference", run: "r", other: "/w/run", reason: "no weights" },
    { type: "file/layers", run: "r", layers: [layer], share: 0.5 },
    { type: "run/problem", run: "r", message: "damaged" },
    { type: "tab/show", tab: "weights" },
  ])("takes $type as it is", (message) => {
    expect(decodeToPage(message)).toEqual({ ok: true, value: message });
  });

  test.each([
    [
      { type: "curves/window", run: "r", runs: [{ ...own, curves: [{ ...curve, values: [1] }] }] },
      "runs[0].curves[0].values should be a Float64Array, found [1]",
    ],
    [
      {
        type: "weights/snapshot",
        run: "r",
        steps: [1],
        step: 1,
        layers: [{ ...layer, count: "2" }],
      },
      'layers[0].count should be a number, found "2"',
    ],
    [{ type: "tab/show", tab: "secrets" }, /^tab should be "curves" or /],
  ])("says what is wrong with %j", (message, wanted) => {
    const decoded = decodeToPage(message);
    expect(decoded.ok ? "" : faultText(decoded)).toMatch(wanted);
  });

  test("reads what VS Code makes of a number that is not finite as NaN", () => {
    const message = { type: "weights/snapshot", run: "r", steps: [1], step: 1, layers: [layer] };
    const arrived = { ...layer, l2: Number.NaN };
    expect(decodeToPage(JSON.parse(JSON.stringify(message)))).toEqual({
      ok: true,
      value: { ...message, layers: [arrived] },
    });
  });

  test("takes anything without a throw", () => {
    fc.assert(fc.property(fc.anything(), (value) => void decodeToPage(value)));
  });
});

test("isPanelRequest() tells what the worker answers from what the editor does", () => {
  expect(isPanelRequest({ type: "weights/request", step: 1 })).toBe(true);
  expect(isPanelRequest({ type: "run/stop" })).toBe(false);
  expect(decodePanelRequest({ type: "run/stop" }).ok).toBe(false);
});
