// The curves of a run of 1,000,000 logged steps: how long until the first picture and the whole one are
// drawn, what zooming and pointing cost, and what the reader holds in memory.
//
// The worker and the page are those of the extension, the page in a headless browser without a GPU.
// Between them messages go as JSON with base64, which the editor's own way is not slower than.
import fs from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { chromium, type Page } from "playwright-core";
import { parseJsonLines } from "../../core/formats/json-lines.ts";
import { parseMetricLine } from "../../core/protocol/parse-run-files.ts";
import { isFromRunWorker } from "../../core/protocol/run-worker.ts";
import { decodePanelRequest, type ToPage } from "../../core/protocol/webview.ts";
import { createMetricColumns } from "../../core/runs/metric-columns.ts";
import { createMetricLineScanner } from "../../core/runs/scan-metric-lines.ts";
import { BROWSER_ARGUMENTS, findBrowser } from "../../scripts/workbench/browser.mjs";
import { metricText, recordText } from "../support/run-files.ts";

const STEPS = 1_000_000;
const STEPS_AN_EPOCH = 5000;
const ROUNDS = 3;
const ZOOMS = 12;
const POINTED = 60;
const CHUNK_BYTES = 8 * 1024 * 1024;

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Loss, its parts and two gradient norms at every step; validation and norms at each epoch. */
async function writeRun(folder: string): Promise<number> {
  await fs.mkdir(folder, { recursive: true });
  const sizes = { steps_total: STEPS, epochs_total: STEPS / STEPS_AN_EPOCH };
  await fs.writeFile(
    path.join(folder, "run.json"),
    recordText({ id: path.basename(folder), ...sizes }),
  );
  const handle = await fs.open(path.join(folder, "metrics.jsonl"), "w");
  let text = "";
  for (let step = 1; step <= STEPS; step++) {
    const loss = Math.fround(0.3 + Math.exp((-4 * step) / STEPS) + 0.1 * Math.sin(step * 12.9898));
    const penalty = Math.fround(0.05 + 0.01 * Math.sin(step * 78.233));
    text += metricText(step, {
      "train/loss": loss + penalty,
      "train/data_loss": loss,
      "train/penalty": penalty,
      "weights/fc1.weight/gradient_norm": Math.fround(1 + 0.5 * Math.sin(step * 3.7)),
      "weights/fc2.weight/gradient_norm": Math.fround(2 + 0.5 * Math.cos(step * 2.3)),
      ...(step % STEPS_AN_EPOCH === 0
        ? { "validation/loss": loss + 0.2, "weights/fc1.weight/l1": 90 - (50 * step) / STEPS }
        : {}),
    });
    if (text.length > CHUNK_BYTES) {
      await handle.write(text);
      text = "";
    }
  }
  await handle.write(text);
  const { size } = await handle.stat();
  await handle.close();
  return size;
}

type Timed = { readonly wall: number; readonly cpu: number };

async function timed(run: () => Promise<void>): Promise<Timed> {
  globalThis.gc?.();
  const cpu = process.cpuUsage();
  const start = performance.now();
  await run();
  const wall = performance.now() - start;
  return { wall, cpu: process.cpuUsage(cpu).user / 1000 };
}

/** Calls `take` with whole lines of the file, piece by piece. */
async function pieces(file: string, take: (bytes: Uint8Array) => void): Promise<void> {
  const handle = await fs.open(file);
  const bytes = new Uint8Array(CHUNK_BYTES);
  for (let at = 0; ; ) {
    const { bytesRead } = await handle.read(bytes, 0, CHUNK_BYTES, at);
    if (bytesRead === 0) break;
    const whole = bytes.subarray(0, bytes.subarray(0, bytesRead).lastIndexOf(0x0a) + 1);
    take(whole);
    at += whole.length;
  }
  await handle.close();
}

async function compareReading(file: string): Promise<void> {
  const ways = {
    "by its form, the rest as JSON": async () => {
      const scan = createMetricLineScanner(createMetricColumns(), () => undefined);
      await pieces(file, (bytes) => void scan(bytes));
    },
    "every line as JSON, checked": async () => {
      const columns = createMetricColumns();
      await pieces(file, (bytes) => {
        for (const { value } of parseJsonLines(bytes).values) {
          const line = parseMetricLine(value);
          if (typeof line === "object") columns.add(line);
        }
      });
    },
  };
  const found = new Map<string, Timed[]>(Object.keys(ways).map((name) => [name, []]));
  for (let round = 0; round < 3; round++) {
    for (const [name, way] of Object.entries(ways)) found.get(name)?.push(await timed(way));
  }
  console.log("| reading the file | wall s | user CPU s |\n|---|---:|---:|");
  for (const [name, times] of found) {
    const figures = [times.map(({ wall }) => wall), times.map(({ cpu }) => cpu)].map((all) =>
      (median(all) / 1000).toFixed(2),
    );
    console.log(`| ${name} | ${figures.join(" | ")} |`);
  }
}

/** Typed arrays as text; other values as they are. */
function encoded(message: ToPage): string {
  return JSON.stringify(message, (_key, value: unknown) =>
    value instanceof Float64Array
      ? {
          float64: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64"),
        }
      : typeof value === "number" && !Number.isFinite(value)
        ? { number: String(value) }
        : value,
  );
}

const IN_PAGE = `
window.acquireVsCodeApi = () => ({
  postMessage: (message) => window.toHost(message), getState: () => undefined, setState: () => undefined,
});
window.deliver = (text) => {
  const message = JSON.parse(text, (key, value) => {
    if (typeof value !== "object" || value === null) return value;
    if (typeof value.number === "string") return Number(value.number);
    if (typeof value.float64 !== "string") return value;
    const chars = atob(value.float64);
    const bytes = new Uint8Array(chars.length);
    for (let at = 0; at < chars.length; at++) bytes[at] = chars.charCodeAt(at);
    return new Float64Array(bytes.buffer);
  });
  window.dispatchEvent(new MessageEvent("message", { data: message }));
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(
    document.querySelector(".figure-loss canvas") !== null ? Date.now() : 0))));
};`;

async function bundles(folder: string): Promise<{ worker: string; html: string }> {
  const worker = path.join(folder, "run-worker.cjs");
  const shared = { bundle: true, logLevel: "error", minify: true } as const;
  await build({
    ...shared,
    entryPoints: ["client/src/worker/main.ts"],
    outfile: worker,
    platform: "node",
    format: "cjs",
    define: { "import.meta.filename": "__filename" },
  });
  const { outputFiles } = await build({
    ...shared,
    entryPoints: { page: "webview/src/main.ts" },
    outdir: folder,
    write: false,
    format: "iife",
    target: "es2022",
    loader: { ".ttf": "dataurl" },
  });
  const part = (extension: string) =>
    outputFiles.find(({ path: name }) => name.endsWith(extension))?.text ?? "";
  const html = `<!DOCTYPE html><style>body{margin:0;background:#1f1f1f;color:#ccc;font:13px sans-serif;
--vscode-editor-background:#1f1f1f;--vscode-foreground:#ccc}${part(".css")}</style>
<body class="vscode-dark" data-vscode-theme-kind="vscode-dark" data-kind="run"><div id="app"></div>
<script>${IN_PAGE}</script><script>${part(".js").replaceAll("</script", "<\\/script")}</script>`;
  return { worker, html };
}

interface Painted {
  readonly firstMs: number;
  readonly wholeMs: number;
}

/** Opens the run in a page of its own; `use` gets the page once the whole curve is drawn. */
async function open(
  { worker: script, html, folder }: { worker: string; html: string; folder: string },
  page: Page,
  use: (answered: () => Promise<number>) => Promise<void>,
): Promise<Painted> {
  const worker = new Worker(script);
  let [openedAt, firstMs, wholeMs] = [0, 0, 0];
  let done: () => void = () => undefined;
  const whole = new Promise<void>((resolve) => (done = resolve));
  let next: ((at: number) => void) | undefined;
  let drawing = Promise.resolve();
  const draw = async (message: ToPage): Promise<void> => {
    const drawnAt = await page.evaluate((text) => window.deliver(text), encoded(message));
    if (message.type !== "curves/window" || drawnAt === 0) return;
    const loss = message.runs
      .flatMap(({ curves }) => curves)
      .find(({ name }) => name === "train/loss");
    if (loss === undefined) return;
    firstMs ||= drawnAt - openedAt;
    if (loss.total !== STEPS) return;
    wholeMs ||= drawnAt - openedAt;
    next?.(drawnAt);
    done();
  };
  worker.on("message", (message: unknown) => {
    if (isFromRunWorker(message) && message.type === "page") {
      drawing = drawing.then(() => draw(message.message));
    }
  });
  await page.exposeFunction("toHost", (message: { type: string }) => {
    if (message.type === "ready") {
      openedAt = Date.now();
      worker.postMessage({ type: "open", folder });
      return;
    }
    const request = decodePanelRequest(message);
    if (request.ok) worker.postMessage({ type: "request", folder, request: request.value });
  });
  await page.setContent(html);
  await whole;
  await use(() => new Promise((resolve) => (next = resolve)));
  await worker.terminate();
  return { firstMs, wholeMs };
}

interface Frames {
  readonly intervals: number[];
  readonly script: number;
}

/** Frame intervals and script time of the page while something is done to it. */
async function framesDuring(page: Page, work: () => Promise<void>): Promise<Frames> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  const script = async () =>
    (await devtools.send("Performance.getMetrics")).metrics.find(
      ({ name }) => name === "TaskDuration",
    )?.value ?? Number.NaN;
  await page.evaluate(() => {
    const intervals: number[] = [];
    let before = performance.now();
    const tick = (now: number): void => {
      intervals.push(now - before);
      before = now;
      if (window.frames_ === intervals) requestAnimationFrame(tick);
    };
    window.frames_ = intervals;
    requestAnimationFrame(tick);
  });
  const before = await script();
  await work();
  const spent = (await script()) - before;
  const intervals = await page.evaluate(() => {
    const found = window.frames_ ?? [];
    window.frames_ = undefined;
    return found;
  });
  await devtools.detach();
  return { intervals: intervals.slice(1), script: spent };
}

declare global {
  interface Window {
    deliver(text: string): Promise<number>;
    frames_: number[] | undefined;
  }
}

/** Narrows the view by a drag, again and again, and goes back by a double click. */
async function zoom(page: Page, answered: () => Promise<number>): Promise<number[]> {
  const box = await page.locator(".figure-loss .u-over").boundingBox();
  if (box === null) throw new TypeError("The loss is not drawn");
  const at = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const;
  const waits: number[] = [];
  for (let round = 0; round < ZOOMS; round++) {
    const answer = answered();
    if (round % 4 === 3) await page.mouse.dblclick(...at(0.5));
    else {
      await page.mouse.move(...at(0.4));
      await page.mouse.down();
      await page.mouse.move(...at(0.6), { steps: 4 });
      await page.mouse.up();
    }
    const askedAt = Date.now();
    waits.push(Math.max(0, (await answer) - askedAt));
  }
  return waits;
}

async function point(page: Page): Promise<void> {
  const box = await page.locator(".figure-loss .u-over").boundingBox();
  if (box === null) throw new TypeError("The loss is not drawn");
  for (let index = 0; index < POINTED; index++) {
    await page.mouse.move(box.x + (box.width * (index + 0.5)) / POINTED, box.y + box.height / 2);
  }
}

const home = await fs.mkdtemp(path.join(tmpdir(), "normlens-bench-curves-"));
const folder = path.join(home, "20261121-101500-long");
const size = await writeRun(folder);
console.log(
  `${STEPS.toLocaleString("en")} lines, ${(size / 1e6).toFixed(0)} MB, five metrics a line, medians of ${ROUNDS} rounds.\n`,
);
await compareReading(path.join(folder, "metrics.jsonl"));

const { obstacle, ...installed } = findBrowser();
if (obstacle !== undefined) throw new Error(`No browser: ${obstacle}`);
const browser = await chromium.launch({
  ...installed,
  headless: true,
  args: [...BROWSER_ARGUMENTS],
});
const built = { ...(await bundles(home)), folder };
const painted: Painted[] = [];
const held: number[] = [];
const waits: number[] = [];
const zoomed: Frames[] = [];
const pointed: Frames[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  globalThis.gc?.();
  const before = process.memoryUsage();
  painted.push(
    await open(built, page, async (answered) => {
      const now = process.memoryUsage();
      held.push(now.rss - before.rss);
      zoomed.push(
        await framesDuring(page, async () => void waits.push(...(await zoom(page, answered)))),
      );
      pointed.push(await framesDuring(page, () => point(page)));
    }),
  );
  await page.close();
}
await browser.close();
await fs.rm(home, { recursive: true, force: true });

const milliseconds = (values: readonly number[]) => median(values).toFixed(0);
console.log("\n| from opening the run | ms |\n|---|---:|");
console.log(
  `| first picture of the curve | ${milliseconds(painted.map(({ firstMs }) => firstMs))} |`,
);
console.log(
  `| all ${STEPS.toLocaleString("en")} steps | ${milliseconds(painted.map(({ wholeMs }) => wholeMs))} |`,
);
console.log(`| a zoom, from the release of the button | ${milliseconds(waits)} |`);
console.log(
  "\n| page at work | frame ms, median | p95 | page's processor ms each |\n|---|---:|---:|---:|",
);
for (const [name, all, count] of [
  ["zooming in and out", zoomed, ZOOMS],
  ["moving the crosshair", pointed, POINTED],
] as const) {
  const intervals = all.flatMap((one) => one.intervals);
  const each = median(all.map(({ script }) => (1000 * script) / count));
  console.log(
    `| ${name} | ${median(intervals).toFixed(1)} | ${quantile(intervals, 0.95).toFixed(1)} | ${each.toFixed(1)} |`,
  );
}
console.log(
  `\nThe process grew by ${(median(held) / 1e6).toFixed(0)} MB for the worker and all that it holds.`,
);
