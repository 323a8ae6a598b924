import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { followRun } from "../../../client/src/worker/follow-run.ts";
import type { ToPage } from "../../../core/protocol/webview.ts";
import type { RunReader } from "../../../core/runs/run-reader.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const named = (message: string): ToPage => ({ type: "run/problem", run: "r", message });

/** A run whose news a test sets; everything that the page is sent lands in `sent` with its time. */
function follow(...news: string[]) {
  const state = { news, hasEnded: false, updates: 0, fault: "", isWatched: true, isReading: true };
  const sent: { readonly at: number; readonly message: string }[] = [];
  const faults: string[] = [];
  const projections: string[] = [];
  const started = Date.now();
  let onChange: () => void = () => undefined;
  const reader: RunReader = {
    async *update() {
      state.updates += 1;
      if (state.fault !== "") throw new Error(state.fault);
      for (const name of state.news.splice(0)) yield named(name);
    },
    async *answer(request) {
      yield named(Object.values(request).join(" "));
    },
    showOthers(folders) {
      state.news.push(`others ${folders.join(" ")}`);
    },
    hasEnded: () => state.hasEnded,
    close() {
      state.isReading = false;
    },
  };
  const run = followRun({
    reader,
    watch(listener) {
      onChange = listener;
      return () => {
        state.isWatched = false;
      };
    },
    project({ method, step }) {
      projections.push(`start ${method} ${step}`);
      return () => projections.push(`end ${method} ${step}`);
    },
    send(message) {
      if (message.type !== "run/problem") throw new TypeError(`Got ${message.type}`);
      sent.push({ at: Date.now() - started, message: message.message });
    },
    fail: (problem) => faults.push(problem),
  });
  return { state, run, sent, faults, projections, change: () => onChange() };
}

describe("followRun", () => {
  test("sends what is there at once and finds growth by polling alone", async () => {
    const { state, sent } = follow("header");
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([{ at: 0, message: "header" }]);
    state.news = ["points"];
    await vi.advanceTimersByTimeAsync(500);
    expect(sent.map(({ message }) => message)).toEqual(["header", "points"]);
  });

  test("answers a watched change before the next poll", async () => {
    const { state, sent, change } = follow();
    await vi.advanceTimersByTimeAsync(150);
    state.news = ["points"];
    change();
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual([{ at: expect.any(Number), message: "points" }]);
    expect(sent[0]?.at).toBeLessThan(200);
  });

  test("sends ten messages a second at most, however often files change", async () => {
    const { state, sent, change } = follow();
    for (let tick = 0; tick < 1000; tick += 1) {
      state.news = ["points", "weights"];
      change();
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(sent.length).toBeLessThanOrEqual(102);
    expect(sent.length).toBeGreaterThan(80);
  });

  test("stops when the run has ended and its files are at rest, but still answers", async () => {
    const { state, run, sent } = follow();
    state.hasEnded = true;
    state.news = ["header"];
    await vi.advanceTimersByTimeAsync(5000);
    const { updates } = state;
    expect(updates).toBeLessThanOrEqual(4);
    expect(state.isWatched).toBe(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(state.updates).toBe(updates);

    run.request({ type: "weights/request", step: 10 });
    run.request({ type: "weights/request", step: 20 });
    run.request({ type: "weights/request-matrix", step: 20, layer: "a" });
    run.request({ type: "weights/request-matrix", step: 20, layer: "b" });
    run.request({ type: "embeddings/request", step: 30 });
    run.showOthers(["a", "b"]);
    await vi.advanceTimersByTimeAsync(500);
    expect(sent.slice(1).map(({ message }) => message)).toEqual([
      "others a b",
      "weights/request 20",
      "weights/request-matrix 20 b",
      "embeddings/request 30",
    ]);
  });

  test("goes on while a run that has ended is still being written", async () => {
    const { state, sent } = follow();
    state.hasEnded = true;
    for (let round = 0; round < 5; round += 1) {
      state.news = [`line ${round}`];
      await vi.advanceTimersByTimeAsync(600);
    }
    expect(sent).toHaveLength(5);
  });

  test("tells a fault and tries again", async () => {
    const { state, sent, faults } = follow();
    state.fault = "EACCES";
    await vi.advanceTimersByTimeAsync(600);
    expect(faults.length).toBeGreaterThan(0);
    expect(new Set(faults)).toEqual(new Set(["EACCES"]));
    state.fault = "";
    state.news = ["header"];
    await vi.advanceTimersByTimeAsync(600);
    expect(sent.map(({ message }) => message)).toEqual(["header"]);
  });

  test("sends nothing after it was closed", async () => {
    const { state, run, sent } = follow();
    await vi.advanceTimersByTimeAsync(100);
    state.news = ["header"];
    run.close();
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toEqual([]);
    expect(state).toMatchObject({ isWatched: false, isReading: false });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("projects beside the reading, one at a time, and ends what is not wanted any more", async () => {
    const { run, sent, projections } = follow("header");
    const wanted = { type: "embeddings/project", isGapRemoved: false } as const;
    run.request({ ...wanted, method: "umap", step: 1 });
    run.request({ ...wanted, method: "pca", step: 2 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(sent.map(({ message }) => message)).toEqual(["header"]);
    expect(projections).toEqual(["start umap 1", "end umap 1", "start pca 2"]);
    run.close();
    expect(projections.at(-1)).toBe("end pca 2");
  });
});
