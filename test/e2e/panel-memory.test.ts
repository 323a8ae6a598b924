import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PanelTab } from "../../core/protocol/panel/run.ts";
import type { ToPage } from "../../core/protocol/webview.ts";
import { type LivePage, openLivePage } from "../support/live-page.ts";
import { type LiveRun, liveRun } from "../support/live-run.ts";

/** `npm run bench -- panel-memory` goes on for an hour. */
const UPDATES = 360;
/** By then every tab has been drawn, and the curves are as long as they are wide. */
const WARM_UPDATES = 160;
const STEPS_AN_UPDATE = 10;
const UPDATES_A_TAB = 10;
const TABS: readonly PanelTab[] = ["curves", "weights", "embeddings", "compare"];
const MIB = 2 ** 20;

describe("memory of the panel's page", () => {
  let run: LiveRun;
  let live: LivePage;
  beforeEach(async () => {
    run = liveRun();
    live = await openLivePage();
  });
  afterEach(async () => {
    await live?.close();
    run.remove();
  });

  test("stays flat over live updates in every tab", async () => {
    const reader = run.reader();
    const show = async (update: number) => {
      for (let step = 1; step <= STEPS_AN_UPDATE; step++) {
        run.log((update - 1) * STEPS_AN_UPDATE + step);
      }
      const messages: ToPage[] = [];
      for await (const message of reader.update()) messages.push(message);
      const tab = TABS[Math.floor(update / UPDATES_A_TAB) % TABS.length];
      if (update % UPDATES_A_TAB === 0 && tab !== undefined) {
        messages.push({ type: "tab/show", tab });
      }
      await live.deliver(messages);
    };
    for (let update = 1; update <= WARM_UPDATES; update++) await show(update);
    const warm = await live.memory();
    for (let update = WARM_UPDATES + 1; update <= UPDATES; update++) await show(update);
    const end = await live.memory();
    expect(await live.page.evaluate("document.querySelectorAll('canvas').length")).toBeGreaterThan(
      2,
    );
    expect(end.nodes).toBeLessThan(warm.nodes * 1.2);
    expect(end.listeners).toBeLessThan(warm.listeners * 1.2);
    // Curves are sent as wide as they are drawn; the rest of a run is one snapshot.
    expect(end.heapBytes - warm.heapBytes).toBeLessThan(2 * MIB);
  }, 300_000);

  test("is given back by pages that are closed", async () => {
    for (let step = 1; step <= 200; step++) run.log(step);
    const messages: ToPage[] = [];
    for await (const message of run.reader().update()) messages.push(message);
    const showAll = async () => {
      await live.renew();
      await live.deliver(messages);
      for (const tab of TABS) await live.deliver([{ type: "tab/show", tab }]);
    };
    for (let page = 0; page < 5; page++) await showAll();
    const warm = await live.memory();
    for (let page = 0; page < 20; page++) await showAll();
    const end = await live.memory();
    expect(end.nodes).toBeLessThan(warm.nodes * 1.2);
    expect(end.heapBytes - warm.heapBytes).toBeLessThan(MIB);
  }, 300_000);
});
