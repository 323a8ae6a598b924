// Memory of the run worker's reader and of the panel's page over an hour of live updates by a simulated
// clock (ten steps a second are logged, weights and embeddings every ten seconds; what is new is read,
// sent and drawn once a second), and over a hundred pages that are opened and closed. Live bytes after a
// forced collection; the page in a headless browser.
//
// A page that is closed takes its document along: what may stay is what the browser keeps besides.
import type { PanelTab } from "../../core/protocol/panel/run.ts";
import type { ToPage } from "../../core/protocol/webview.ts";
import { type LivePage, openLivePage } from "../support/live-page.ts";
import { liveRun, STEPS_A_SECOND } from "../support/live-run.ts";
import { usedBytes } from "../support/used-memory.ts";

const MINUTES = Number(process.env["NORMLENS_BENCH_MINUTES"] ?? 60);
const ROWS = 6;
const PAGES = 100;
/** Seconds for which a tab is looked at. */
const SECONDS_A_TAB = 10;
const TABS: readonly PanelTab[] = ["curves", "weights", "embeddings", "compare"];

const mib = (bytes: number) => (bytes / 2 ** 20).toFixed(2);

async function row(head: string, live: LivePage, updates: number): Promise<void> {
  const { heapBytes, nodes, listeners } = await live.memory();
  const cells = [head, updates, mib(await usedBytes()), mib(heapBytes), nodes, listeners];
  console.log(`| ${cells.join(" | ")} |`);
}

async function overTime(live: LivePage): Promise<void> {
  const run = liveRun();
  const reader = run.reader();
  const seconds = MINUTES * 60;
  console.log("| minute | updates | worker MiB | page MiB | nodes | listeners |");
  console.log("|---:|---:|---:|---:|---:|---:|");
  for (let second = 1; second <= seconds; second++) {
    for (let step = 1; step <= STEPS_A_SECOND; step++) {
      run.log((second - 1) * STEPS_A_SECOND + step);
    }
    const messages: ToPage[] = [];
    for await (const message of reader.update()) messages.push(message);
    const tab = TABS[Math.floor(second / SECONDS_A_TAB) % TABS.length];
    if (second % SECONDS_A_TAB === 0 && tab !== undefined) messages.push({ type: "tab/show", tab });
    await live.deliver(messages);
    if (second % (seconds / ROWS) === 0) await row(String(second / 60), live, second);
  }
  run.remove();
}

async function overPages(live: LivePage): Promise<void> {
  const run = liveRun();
  for (let step = 1; step <= 200; step++) run.log(step);
  console.log("\n| pages | | worker MiB | page MiB | nodes | listeners |");
  console.log("|---:|---|---:|---:|---:|---:|");
  for (let page = 1; page <= PAGES; page++) {
    await live.renew();
    const messages: ToPage[] = [];
    for await (const message of run.reader().update()) messages.push(message);
    await live.deliver(messages);
    for (const tab of TABS) await live.deliver([{ type: "tab/show", tab }]);
    if (page % (PAGES / 5) === 0) await row(String(page), live, page);
  }
  run.remove();
}

const live = await openLivePage();
await overTime(live);
await overPages(live);
await live.close();
