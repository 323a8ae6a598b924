import { describe, expect, test } from "vitest";
import { packTexts } from "../../../core/formats/text-column.ts";
import type { EmbeddingView } from "../../../core/protocol/panel/embeddings.ts";
import type { ToPage } from "../../../core/protocol/webview.ts";
import {
  type Intent,
  initialState,
  type PanelState,
} from "../../../webview/src/store/panel-state.ts";
import { reduce } from "../../../webview/src/store/reduce.ts";
import { DEFAULT_SETTINGS } from "../../../webview/src/store/view-settings.ts";
import { curve, layerRow, runHeader } from "../run-state.ts";

const START = initialState(DEFAULT_SETTINGS);

function received(state: PanelState, ...messages: readonly ToPage[]): PanelState {
  return messages.reduce(
    (held, message) => reduce(held, { type: "host", message, nowMs: 50_000 }),
    state,
  );
}

function told(state: PanelState, ...intents: readonly Intent[]): PanelState {
  return intents.reduce((held, intent) => reduce(held, { type: "reader", intent }), state);
}

const header: ToPage = { type: "run/header", run: runHeader({ silentMs: 3000 }) };
const metrics = (steps: readonly number[], reset = false, key = ""): ToPage => {
  const values = steps.map((step) => 100 - step);
  const reached = { step: steps.at(-1) ?? 0 };
  return {
    type: "curves/window",
    run: "run-1",
    runs: [{ key, reset, reached, curves: [curve("train/loss", steps, values)] }],
  };
};
const weights = (step: number, steps: readonly number[]): ToPage => ({
  type: "weights/snapshot",
  run: "run-1",
  steps,
  step,
  layers: [layerRow(`at ${step}`)],
});
const embeddings = (step: number, steps: readonly number[]): ToPage => {
  const view: EmbeddingView = {
    step,
    epoch: 0,
    dimension: 2,
    items: {
      labels: [],
      labelOf: new Int32Array(),
      captions: packTexts([]),
      thumbnailOf: new Int32Array(),
    },
    clouds: [],
    explained: [1, 0],
    retrieval: [],
    gaps: [],
    alignments: [],
    uniformities: [],
    pairs: [],
    others: [],
  };
  return { type: "embeddings/view", run: "run-1", steps, view };
};
const steps = (state: PanelState) => [...(state.series.get("train/loss")?.steps ?? [])];

describe("metrics", () => {
  test("that have grown take the place of what was there; earlier states stay as they were", () => {
    const one = received(START, header, metrics([1, 2]));
    const two = received(one, metrics([1, 2, 3]));
    expect(steps(two)).toEqual([1, 2, 3]);
    expect(steps(one)).toEqual([1, 2]);
  });

  test("stay until their run is sent anew", () => {
    const accuracy = curve("validation/accuracy", [1], [0.5]);
    const more: ToPage = {
      type: "curves/window",
      run: "run-1",
      runs: [{ key: "", reset: false, curves: [accuracy] }],
    };
    const both = received(START, metrics([1, 2]), more);
    expect([...both.series.keys()]).toEqual(["train/loss", "validation/accuracy"]);
    expect([...received(both, metrics([1], true)).series.keys()]).toEqual(["train/loss"]);
  });

  test("of runs over this one are held apart, until the run is taken out", () => {
    const other = { key: "/w/b", isBaseline: false, header: runHeader({ id: "b" }) };
    const listed: ToPage = { type: "others/list", run: "run-1", others: [other] };
    const held = received(START, metrics([1]), listed, metrics([1, 2], true, "/w/b"));
    expect(steps(held)).toEqual([1]);
    expect([...(held.otherSeries.get("/w/b")?.get("train/loss")?.steps ?? [])]).toEqual([1, 2]);
    const alone = received(held, { type: "others/list", run: "run-1", others: [] });
    expect(alone.otherSeries.size).toBe(0);
  });

  test("news sets the clock of the last write, a first filling does not", () => {
    const filled = received(START, header, metrics([1], true));
    expect(filled.lastWriteAtMs).toBe(47_000);
    expect(received(filled, metrics([2])).lastWriteAtMs).toBe(50_000);
  });
});

describe("runs", () => {
  test("another run's header drops the data and keeps the reader's choices", () => {
    const held = told(received(START, header, metrics([1])), { type: "log-y/toggle" });
    const next = received(held, { type: "run/header", run: runHeader({ id: "run-2" }) });
    expect(next.series.size).toBe(0);
    expect(next.settings.isLogY).toBe(true);
    expect(next.run).toBe("run-2");
  });

  test("late data of another run are ignored", () => {
    const held = received(START, { type: "run/header", run: runHeader({ id: "run-2" }) });
    expect(received(held, metrics([1]), weights(1, [1]))).toBe(held);
  });

  test("holds the values of the layer that came last", () => {
    const matrix = (layer: string): ToPage => ({
      type: "weights/matrix",
      run: "run-1",
      matrix: {
        layer,
        step: 1,
        inputs: 1,
        outputs: 1,
        values: Float32Array.of(2),
        norms: Float64Array.of(2),
        scale: 2,
      },
    });
    expect(received(START, matrix("a"), matrix("b")).matrix?.layer).toBe("b");
  });

  test("problems that were put away do not come back, new ones do", () => {
    const problem = (message: string): ToPage => ({ type: "run/problem", run: "run-1", message });
    const dismissed = told(received(START, problem("a"), problem("b")), {
      type: "problems/dismiss",
    });
    expect(dismissed.problems).toEqual([]);
    expect(received(dismissed, problem("b"), problem("c")).problems).toEqual(["c"]);
  });

  test("problems are kept once each, in order", () => {
    const problem = (message: string): ToPage => ({ type: "run/problem", run: "run-1", message });
    expect(received(START, problem("a"), problem("b"), problem("a")).problems).toEqual(["a", "b"]);
  });

  test("the host may open a tab", () => {
    expect(received(START, { type: "tab/show", tab: "weights" }).settings.tab).toBe("weights");
  });
});

describe("weight files", () => {
  const file = { name: "w.pt", format: "PyTorch", sizeBytes: 9 };
  const pending = { ...layerRow("a"), isPending: true as const };
  const layers = [pending, layerRow("b")];
  const opened: ToPage = {
    type: "file/header",
    run: "/w.pt",
    file,
    steps: [100, 200],
    step: 200,
    layers,
  };

  test("take the place of what was shown, as one step of their training", () => {
    const state = received(START, header, metrics([1]), opened);
    expect(state.series.size).toBe(0);
    expect(state).toMatchObject({ run: "/w.pt", file: { ...file, share: 0 } });
    expect(state.weights).toEqual({ steps: [100, 200], step: 200, layers });
  });

  test("fill in by name, and keep the share that was last told", () => {
    const known = layerRow("a", { zeros: 3 });
    const state = received(
      START,
      opened,
      { type: "file/layers", run: "/w.pt", layers: [known], share: 0.5 },
      { type: "file/layers", run: "/w.pt", layers: [] },
      { type: "file/layers", run: "/other.pt", layers: [], share: 1 },
    );
    expect(state.weights?.layers).toEqual([known, layerRow("b")]);
    expect(state.file?.share).toBe(0.5);
  });
});

describe("scrubbing", () => {
  test("a step that comes after the reader went back to the newest is not shown", () => {
    const newest = received(START, embeddings(20, [10, 20]));
    const away = told(newest, { type: "embeddings/scrub", step: 10 });
    const back = told(away, { type: "embeddings/scrub", step: 20 });
    expect(received(back, embeddings(10, [10, 20])).embeddings?.view.step).toBe(20);
    expect(received(back, embeddings(30, [10, 20, 30])).embeddings?.view.step).toBe(30);
  });

  test("follows the newest snapshot until the reader looks back", () => {
    const live = received(START, weights(10, [10]), weights(20, [10, 20]));
    expect(live.weights?.step).toBe(20);
    const back = told(live, { type: "weights/scrub", step: 10 });
    const later = received(back, weights(30, [10, 20, 30]));
    expect(later.weights).toMatchObject({ step: 20, steps: [10, 20, 30] });
    expect(received(later, weights(10, [10, 20, 30])).weights?.step).toBe(10);
  });

  test("going to the last step follows again", () => {
    const back = told(received(START, weights(10, [10, 20])), { type: "weights/scrub", step: 20 });
    expect(back.wantedWeightStep).toBeUndefined();
  });

  test("embeddings keep the step that the reader wants", () => {
    const held = told(received(START, embeddings(20, [10, 20])), {
      type: "embeddings/scrub",
      step: 10,
    });
    const later = received(held, embeddings(30, [10, 20, 30]));
    expect(later.embeddings?.view.step).toBe(20);
    expect(later.embeddings?.steps).toEqual([10, 20, 30]);
    expect(received(later, embeddings(10, [10, 20, 30])).embeddings?.view.step).toBe(10);
    expect(told(later, { type: "embeddings/scrub", step: 30 }).wantedEmbeddingStep).toBeUndefined();
  });

  const reading = (step: number, share: number): ToPage => {
    return { type: "embeddings/reading", run: "run-1", steps: [10, 20, 30], step, share };
  };
  const noView = (step: number): ToPage => {
    return { type: "embeddings/no-view", run: "run-1", step, reason: `torn at ${step}` };
  };

  test("embeddings stay as they are while a step is read", () => {
    const shown = received(START, embeddings(20, [10, 20]));
    const waiting = received(received(shown, reading(30, 0)), reading(30, 0.4));
    expect(waiting).toMatchObject({
      reading: { step: 30, share: 0.4 },
      embeddings: { steps: [10, 20, 30], view: { step: 20 } },
    });
    const read = received(waiting, embeddings(30, [10, 20, 30]));
    expect(read.embeddings?.view.step).toBe(30);
    expect(read.reading).toBeUndefined();
    // Before the first snapshot there is nothing to stay.
    expect(received(START, reading(30, 0)).reading?.step).toBe(30);
  });

  test("embeddings tell of reading the step that the reader wants alone", () => {
    const shown = received(START, embeddings(20, [10, 20, 30]));
    const scrubbed = told(received(shown, reading(30, 0.4)), {
      type: "embeddings/scrub",
      step: 10,
    });
    expect(scrubbed.reading).toBeUndefined();
    expect(received(scrubbed, reading(30, 0.5)).reading).toBeUndefined();
    const back = told(received(scrubbed, reading(10, 0)), { type: "embeddings/scrub", step: 30 });
    expect(received(back, reading(10, 0.5)).reading).toBeUndefined();
    const both = received(received(scrubbed, reading(10, 0)), embeddings(30, [10, 20, 30]));
    expect(both).toMatchObject({ reading: { step: 10 }, embeddings: { view: { step: 20 } } });
  });

  test("embeddings say which step cannot be read, until another is looked at", () => {
    const shown = received(START, embeddings(20, [10, 20, 30]));
    const scrubbed = told(shown, { type: "embeddings/scrub", step: 10 });
    const failed = received(received(scrubbed, reading(10, 0)), noView(10));
    expect(failed).toMatchObject({ unreadStep: 10, problems: ["torn at 10"] });
    expect(failed.reading).toBeUndefined();
    expect(received(scrubbed, noView(30)).unreadStep).toBeUndefined();
    expect(received(failed, embeddings(10, [10, 20, 30])).unreadStep).toBeUndefined();
    expect(told(failed, { type: "embeddings/scrub", step: 20 }).unreadStep).toBeUndefined();
  });
});

describe("settings", () => {
  test.each<readonly [Intent, object]>([
    [{ type: "tab/select", tab: "embeddings" }, { tab: "embeddings" }],
    [{ type: "smoothing/set", weight: 5 }, { smoothing: 0.99 }],
    [{ type: "envelope/toggle" }, { showEnvelope: false }],
    [{ type: "norm/select", norm: "l2" }, { norm: "l2" }],
    [{ type: "layer/select", layer: "a" }, { layer: "a" }],
    [{ type: "group/toggle", group: "g" }, { collapsedGroups: ["g"] }],
    [{ type: "class/toggle", label: "c" }, { hiddenClasses: ["c"] }],
    [{ type: "modality/toggle", modality: "m" }, { hiddenModalities: ["m"] }],
    [{ type: "run/toggle", key: "/w/b" }, { hiddenRuns: ["/w/b"] }],
    [{ type: "table/toggle", figure: "loss" }, { tables: ["loss"] }],
    [{ type: "zoom/set", zoom: [1, 2] }, { zoom: [1, 2] }],
  ])("%j", (intent, settings) => {
    expect(told(START, intent).settings).toMatchObject(settings);
  });

  test("a second press takes a toggle back", () => {
    const twice = told(
      START,
      { type: "class/toggle", label: "c" },
      { type: "class/toggle", label: "c" },
    );
    expect(twice.settings.hiddenClasses).toEqual([]);
  });

  test("a zoom ends with its axis, and by itself", () => {
    const zoomed = told(START, { type: "zoom/set", zoom: [1, 2] });
    expect(told(zoomed, { type: "axis/select", axis: "time" }).settings.zoom).toBeUndefined();
    expect(told(zoomed, { type: "axis/select", axis: "step" }).settings.zoom).toEqual([1, 2]);
    expect(told(zoomed, { type: "zoom/set", zoom: undefined }).settings.zoom).toBeUndefined();
  });
});
