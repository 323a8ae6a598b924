import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createWake } from "../../../client/src/worker/wake.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Time that a pause takes when `calls` come at these times; `undefined` if it has not ended. */
async function pauseOf(calls: readonly number[], minMs: number, maxMs?: number) {
  const wake = createWake();
  const started = Date.now();
  for (const at of calls) {
    if (at === 0) wake.call();
    else setTimeout(wake.call, at);
  }
  let taken: number | undefined;
  void wake.pause(minMs, maxMs).then(() => {
    taken = Date.now() - started;
  });
  await vi.advanceTimersByTimeAsync(10_000);
  return taken;
}

describe("pause", () => {
  test.each([
    ["lasts as long as it may without a call", [], 100, 500, 500],
    ["is cut short by a call", [200], 100, 500, 200],
    ["is not cut below its least", [50], 100, 500, 100],
    ["counts a call that came before it", [0], 100, 500, 100],
    ["waits for a call where it has no end", [700], 100, undefined, 700],
    ["waits for ever without one", [], 100, undefined, undefined],
  ])("%s", async (_name, calls, minMs, maxMs, expected) => {
    expect(await pauseOf(calls, minMs, maxMs)).toBe(expected);
  });
});
