import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { followRun } from "../../../client/src/worker/follow-run.ts";
import { type LiveRun, liveRun, STEPS_A_SECOND } from "../../support/live-run.ts";
import { usedBytes } from "../../support/used-memory.ts";
import { type VirtualTimers, virtualTimers } from "../../support/virtual-timers.ts";

/** `npm run bench -- panel-memory` goes on for an hour. */
const SECONDS = 80;
/** By then all code has run and every list has its usual length. */
const WARM_SECONDS = 30;
const MIB = 2 ** 20;

/**
 * What the curves of the steps since are: three values and their lines (12 bytes each), and step, epoch
 * and time (24), in arrays that double when they are full, so at most twice.
 */
const HISTORY_BYTES = 2 * (SECONDS - WARM_SECONDS) * STEPS_A_SECOND * (3 * 12 + 24);

describe("memory of the run worker", () => {
  let run: LiveRun;
  let timers: VirtualTimers;
  beforeEach(() => {
    run = liveRun();
    timers = virtualTimers();
    vi.stubGlobal("setTimeout", timers.setTimeout);
    vi.stubGlobal("clearTimeout", timers.clearTimeout);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    run.remove();
  });

  test("stays flat while a run is followed live, but for the history of the curves", async () => {
    let sent = 0;
    let wake: () => void = () => undefined;
    const followed = followRun({
      reader: run.reader(),
      watch(onChange) {
        wake = onChange;
        return () => undefined;
      },
      project: () => () => undefined,
      send: () => void sent++,
      fail(problem) {
        throw new Error(problem);
      },
    });
    let warm = 0;
    for (let step = 1; step <= SECONDS * STEPS_A_SECOND; step++) {
      run.log(step);
      const before = sent;
      wake();
      // The disk knows nothing of the clock: time goes on until the step has been read.
      while (sent === before) {
        timers.advance(1000 / STEPS_A_SECOND);
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (step === WARM_SECONDS * STEPS_A_SECOND) warm = await usedBytes();
    }
    const grown = (await usedBytes()) - warm;
    followed.close();
    expect(sent).toBeGreaterThanOrEqual(SECONDS * STEPS_A_SECOND);
    expect(grown).toBeLessThan(HISTORY_BYTES + MIB);
  }, 300_000);

  test("is given back by a hundred runs that were opened and closed", async () => {
    for (let step = 1; step <= 2000; step++) run.log(step);
    const openAndClose = async () => {
      await new Promise<void>((resolve, reject) => {
        const followed = followRun({
          reader: run.reader(),
          watch: () => () => undefined,
          project: () => () => undefined,
          send(message) {
            if (message.type !== "embeddings/view") return;
            followed.close();
            resolve();
          },
          fail: (problem) => reject(new Error(problem)),
        });
      });
      // What waits for the next round sees that it is closed.
      for (let round = 0; round < 8; round++) {
        timers.advance(10_000);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    for (let panel = 0; panel < 20; panel++) await openAndClose();
    const warm = await usedBytes();
    for (let panel = 0; panel < 100; panel++) await openAndClose();
    await vi.waitFor(() => {
      timers.advance(10_000);
      expect(timers.waiting()).toBe(0);
    }, 30_000);
    // One reader that is kept holds 2,000 lines of metrics, 120 kB.
    expect((await usedBytes()) - warm).toBeLessThan(MIB);
  }, 120_000);
});
