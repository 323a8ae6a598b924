// 1,000,000 points panned in a headless browser without a GPU, by both renderers in turn.
//
// Draw: the renderer's own work, for WebGL until a pixel can be read back. Frame: from one animation
// frame to the next, with all that the browser does besides; 16.7 ms is as fast as it shows them.
import path from "node:path";
import { build } from "esbuild";
import { cameraOf } from "../../webview/src/layout/points/camera.ts";
import { pointRadius } from "../../webview/src/layout/points/point-radius.ts";
import { openPointsPage, type RendererName } from "../support/points/points-page.ts";

const ROUNDS = 3;
const SIZE = { width: 900, height: 430 };
/** Of six clusters with standard deviation 1, in which nearly all points lie. */
const BOUNDS = { minX: -7, maxX: 7, minY: -7, maxY: 7 };

const RUNS: readonly { name: RendererName; count: number; ratio: number; frames: number }[] = [
  { name: "splat", count: 1_000_000, ratio: 1, frames: 60 },
  { name: "webgl", count: 1_000_000, ratio: 1, frames: 6 },
  { name: "splat", count: 1_000_000, ratio: 2, frames: 60 },
  { name: "splat", count: 100_000, ratio: 1, frames: 60 },
  { name: "webgl", count: 100_000, ratio: 1, frames: 12 },
  { name: "splat", count: 20_000, ratio: 1, frames: 60 },
  { name: "webgl", count: 20_000, ratio: 1, frames: 12 },
];

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

async function bundledPage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.resolve("test/support/points/page.ts")],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2022",
  });
  return outputFiles[0]?.text ?? "";
}

const { page, browser } = await openPointsPage(await bundledPage());
console.log(`WebGL is drawn by ${await page.evaluate(() => window.pointsPage.gpu())}\n`);
const measured = RUNS.map(() => ({
  draws: [] as number[],
  intervals: [] as number[],
  cpu: [] as number[],
}));
const devtools = await page.context().newCDPSession(page);
await devtools.send("Performance.enable");

/** Processor seconds of the page's own process, in which WebGL's work is not. */
async function processSeconds(): Promise<number> {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "ProcessTime")?.value ?? Number.NaN;
}

for (let round = 0; round < ROUNDS; round++) {
  for (const [index, { name, count, ratio, frames }] of RUNS.entries()) {
    const camera = cameraOf(BOUNDS, SIZE);
    const radius = pointRadius(count, BOUNDS, camera.scale);
    const frame = { ...SIZE, camera, ratio, radius, share: 1 };
    const before = await processSeconds();
    const panned = await page.evaluate(([which, view]) => window.pointsPage.pan(which, view), [
      name,
      { count, seed: 7, frame, frames },
    ] as const);
    measured[index]?.cpu.push((1000 * ((await processSeconds()) - before)) / frames);
    // The first frame also fills buffers.
    measured[index]?.draws.push(...panned.draws.slice(1));
    measured[index]?.intervals.push(...panned.intervals.slice(1));
  }
}
await browser.close();

console.log(
  "| renderer | points | pixels | draw ms, median | p95 | frame ms, median | p95 | page's processor ms a frame |",
);
console.log("|---|---:|---|---:|---:|---:|---:|---:|");
for (const [index, { name, count, ratio }] of RUNS.entries()) {
  const { draws = [], intervals = [], cpu = [] } = measured[index] ?? {};
  const figures = [draws, intervals].flatMap((times) => [
    quantile(times, 0.5).toFixed(1),
    quantile(times, 0.95).toFixed(1),
  ]);
  figures.push(quantile(cpu, 0.5).toFixed(1));
  const pixels = `${SIZE.width * ratio} × ${SIZE.height * ratio}`;
  const title = { splat: "2-D canvas", webgl: "WebGL2 in software" }[name];
  console.log(`| ${title} | ${count.toLocaleString("en")} | ${pixels} | ${figures.join(" | ")} |`);
}
