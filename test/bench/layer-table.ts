// The table of 10,000 tensors on the panel's page in a headless browser, beside the same table with
// all its rows in the document.
//
// First paint: from the message of the worker to the frame that shows the rows, checking it included.
// Scroll: 300 pixels a frame. Update: a message in which one tensor of 10,000 has changed, until its
// row is shown. Milliseconds of the page's main thread by its own clock, which other work on the
// machine does not count in, and by the wall.
import type { CDPSession, Page } from "playwright-core";
import { openPanelPage } from "../support/panel-page.ts";

const LAYERS = 10_000;
const FRAMES = 60;
const KINDS = { virtual: 5, "all rows": 1 } as const;
type Kind = keyof typeof KINDS;

interface Cost {
  readonly cpuMs: number;
  readonly wallMs: number;
}

interface Measured {
  readonly rows: number;
  readonly paint: Cost;
  /** Of each frame, the mean. */
  readonly scroll: Cost;
  readonly update: Cost;
  readonly redrawn: number;
}

async function measure(kind: Kind): Promise<Measured> {
  const { page, browser } = await openPanelPage("run");
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  if (kind === "all rows") {
    // A box as high as the list sees all of it; the outer box scrolls instead.
    await page.addStyleTag({
      content:
        ".layer-table-scroller { overflow: visible; height: 300000px } .weights-columns { overflow: auto }",
    });
  }
  await page.evaluate(prepare, LAYERS);
  const paint = await costOf(session, () => page.evaluate(firstPaint));
  const rows = await page.locator("[data-layer]").count();
  const scroll = await costOf(session, () => page.evaluate(scrollDown, FRAMES));
  let redrawn = 0;
  const update = await costOf(session, async () => {
    redrawn = await changeOne(page);
  });
  await browser.close();
  const perFrame = { cpuMs: scroll.cpuMs / FRAMES, wallMs: scroll.wallMs / FRAMES };
  return { rows, paint, scroll: perFrame, update, redrawn };
}

async function costOf(session: CDPSession, run: () => Promise<unknown>): Promise<Cost> {
  const taskSeconds = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
  };
  const before = await taskSeconds();
  const start = performance.now();
  await run();
  const wallMs = performance.now() - start;
  return { cpuMs: 1000 * ((await taskSeconds()) - before), wallMs };
}

declare global {
  interface Window {
    /** Rows of the table, by the bench. */
    benchRows: readonly object[];
    /** Sends a message, and waits for the frame after the one in which `isDone`. */
    benchSend(message: object, isDone: () => boolean): Promise<void>;
  }
}

/** These run in the browser. */
async function prepare(layers: number): Promise<void> {
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  window.benchSend = async (message, isDone) => {
    window.postMessage(message, "*");
    while (!isDone()) await frame();
    await frame();
  };
  const counts = Array.from({ length: 40 }, (_, bin) => 1 + ((bin * 7) % 13));
  const edges = Array.from({ length: 41 }, (_, bin) => (bin - 20) / 20);
  window.benchRows = Array.from({ length: layers }, (_, index) => ({
    layer: `block${Math.floor(index / 12)}.layer${index}.weight`,
    shape: [64, 64],
    count: 4096,
    zeros: (index * 37) % 4096,
    nearZeros: index % 50,
    nonFinite: 0,
    l1: index,
    l2: index,
    maxAbs: 1,
    deadUnits: index % 5,
    units: 64,
    penalty: "1e-4·‖w‖₁",
    histogram: { edges: [...edges], counts: [...counts] },
    spectrum: [4, 3, 2, 1],
    rank: 4,
    condition: 4,
  }));
  const run = {
    id: "run",
    name: "Many layers",
    status: "finished",
    started: "2026-01-01T00:00:00.000Z",
    spec: "a.yaml",
    seed: 1,
    backend: "cpu",
    device: "CPU",
    backendReason: "asked for",
    stepsTotal: 10,
    epochsTotal: 1,
    samples: {},
    classes: [],
    modalities: [],
    objective: "",
    final: {},
    findings: 0,
    silentMs: 0,
  };
  window.postMessage({ type: "run/header", run }, "*");
  const isShown = () => document.querySelector(".placeholder, .view.weights") !== null;
  await window.benchSend({ type: "tab/show", tab: "weights" }, isShown);
}

async function firstPaint(): Promise<void> {
  const snapshot = { type: "weights/snapshot", run: "run", steps: [1], step: 1 };
  await window.benchSend(
    { ...snapshot, layers: window.benchRows },
    () => document.querySelector("[data-layer]") !== null,
  );
}

async function scrollDown(frames: number): Promise<void> {
  const scroller = [".layer-table-scroller", ".weights-columns"]
    .map((name) => document.querySelector(name))
    .find((box) => box !== null && box.scrollHeight > box.clientHeight + 1000);
  for (let index = 0; index < frames; index++) {
    scroller?.scrollBy(0, 300);
    await new Promise<number>((resolve) => requestAnimationFrame(resolve));
  }
  scroller?.scrollTo(0, 0);
  await new Promise<number>((resolve) => requestAnimationFrame(resolve));
}

/** Number of rows that are drawn anew for it. */
function changeOne(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let redrawn = 0;
    const watch = new MutationObserver((changes) => {
      redrawn += changes.reduce((sum, { addedNodes }) => sum + addedNodes.length, 0);
    });
    const list = document.querySelector(".virtual-rows");
    if (list !== null) watch.observe(list, { childList: true });
    const layers = window.benchRows.map((row, index) =>
      index === 3 ? { ...row, l2: 123_456 } : row,
    );
    const snapshot = { type: "weights/snapshot", run: "run", steps: [1], step: 1 };
    const norm = () => document.querySelector("[data-layer$='.layer3.weight'] .col-l2");
    await window.benchSend({ ...snapshot, layers }, () => norm()?.textContent === "123\u2009456");
    return redrawn;
  });
}

const rounds: Record<Kind, Measured[]> = { virtual: [], "all rows": [] };
for (let round = 0; round < KINDS.virtual; round++) {
  rounds.virtual.push(await measure("virtual"));
  if (round < KINDS["all rows"]) rounds["all rows"].push(await measure("all rows"));
}
const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
console.log(
  "| rows in the document | first paint: CPU ms | wall ms | scroll: CPU ms a frame | wall ms | update: CPU ms | wall ms | rows redrawn |",
);
console.log("|---:|---:|---:|---:|---:|---:|---:|---:|");
for (const found of Object.values(rounds)) {
  const figures = [
    median(found.map(({ rows }) => rows)).toFixed(0),
    ...(["paint", "scroll", "update"] as const).flatMap((phase) =>
      (["cpuMs", "wallMs"] as const).map((clock) =>
        median(found.map((one) => one[phase][clock])).toFixed(phase === "scroll" ? 1 : 0),
      ),
    ),
    median(found.map(({ redrawn }) => redrawn)).toFixed(0),
  ];
  console.log(`| ${figures.join(" | ")} |`);
}
