import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Frame } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  isUpdatingImages,
  openView,
  openWorkbench,
  pickItem,
  runCommand,
  screenshot,
  setTheme,
  statusBar,
  THEMES,
  treeItem,
  type Workbench,
  webview,
} from "./workbench.ts";

const EXAMPLES = path.join(import.meta.dirname, "../../examples");
const TRAINING_LIMIT_MS = 120_000;

/** The same experiment with fewer samples and epochs: still seconds of real training. */
function shorten(folder: string): void {
  if (isUpdatingImages) return;
  const file = path.join(folder, "shapes.normlens.yaml");
  const text = readFileSync(file, "utf8")
    .replace(/samples: \d+/, "samples: 900")
    .replace(/epochs: \d+/, "epochs: 8");
  writeFileSync(file, text);
}

/** How many pixels of a canvas below `selector`, the first by default, are not its most common colour. */
async function drawnPixels(frame: Frame, selector: string, index = 0): Promise<number> {
  return frame
    .locator(`${selector} canvas`)
    .nth(index)
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const context = canvas.getContext("2d");
      if (context === null || canvas.width === 0) return 0;
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const words = new Uint32Array(data.buffer);
      const counts = new Map<number, number>();
      for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
      return words.length - Math.max(...counts.values());
    });
}

/** Middle of a drawn point, in CSS pixels from the canvas's corner: below the first pixel of its colour. */
function anyPoint(element: Element): { x: number; y: number } {
  const canvas = element as HTMLCanvasElement;
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d")?.getImageData(0, 0, width, height) ?? { data: [] };
  const [red = 0, green = 0, blue = 0] = data;
  // The corner is ground; a point's own colour is far from it, its soft edge is not.
  const isDrawn = (x: number, y: number) => {
    const at = (y * width + x) * 4;
    const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]];
    return Math.abs(r - red) + Math.abs(g - green) + Math.abs(b - blue) > 150;
  };
  for (let y = Math.floor(height / 3); y < height - 8; y += 1) {
    for (let x = Math.floor(width / 3); x < width - 8; x += 1) {
      if (isDrawn(x, y) && isDrawn(x, y + 3)) {
        const scale = canvas.clientWidth / width;
        return { x: x * scale, y: (y + 2) * scale };
      }
    }
  }
  throw new RangeError("Nothing is drawn in the middle of the plot");
}

describe("training from the command palette", () => {
  let workbench: Workbench;
  let runs: string;
  beforeAll(async () => {
    workbench = await openWorkbench({ folder: EXAMPLES, prepare: shorten });
    runs = path.join(workbench.folder, ".normlens/runs");
  });
  afterAll(() => workbench?.close());

  test("the sidebar says how to begin", async () => {
    const { page } = workbench;
    await openView(page, "NormLens");
    await page
      .locator(".welcome-view:visible")
      .filter({ hasText: "No runs in this folder yet" })
      .waitFor();
    await screenshot(page, "sidebar-welcome");
  });

  test("Start Training runs the picked experiment; its run appears and its curve grows", async () => {
    const { page } = workbench;
    await runCommand(page, "NormLens: Start Training");
    await pickItem(page, "shapes.normlens.yaml");
    await treeItem(page, "Shapes in three modalities").waitFor();
    const panel = await webview(page, "[role=tablist]");
    await expect.poll(() => drawnPixels(panel, "#app")).toBeGreaterThan(500);
    await screenshot(page, "panel-running");
    const early = readFileSync(
      path.join(runs, readdirSync(runs)[0] ?? "", "metrics.jsonl"),
      "utf8",
    );
    await treeItem(page, "Today").waitFor({ timeout: TRAINING_LIMIT_MS });
    const late = readFileSync(path.join(runs, readdirSync(runs)[0] ?? "", "metrics.jsonl"), "utf8");
    expect(late.length).toBeGreaterThan(early.length);
    expect(late.startsWith(early)).toBe(true);
  });

  test("the record says finished and holds the findings at launch", () => {
    const record: unknown = JSON.parse(
      readFileSync(path.join(runs, readdirSync(runs)[0] ?? "", "run.json"), "utf8"),
    );
    expect(record).toMatchObject({
      status: "finished",
      spec: expect.stringContaining("shapes.normlens.yaml"),
      findings: expect.arrayContaining([expect.objectContaining({ code: "NL601" })]),
    });
  });

  test.each(THEMES)("curves, weights and embeddings are drawn in %s", async (theme) => {
    const { page } = workbench;
    await setTheme(page, theme);
    const name = theme.toLowerCase().replaceAll(" ", "-");
    for (const tab of ["Curves", "Weights", "Embeddings"]) {
      const panel = await webview(page, "[role=tablist]");
      await panel.getByRole("tab", { name: tab }).click();
      await panel.locator("[role=tabpanel]:visible").first().waitFor();
      if (tab === "Weights") {
        expect(await panel.locator("text=image").count()).toBeGreaterThan(0);
      } else {
        await expect
          .poll(() => drawnPixels(panel, "[role=tabpanel]:not([hidden])"))
          .toBeGreaterThan(500);
      }
      await screenshot(page, `panel-${tab.toLowerCase()}-${name}`);
    }
  });

  test("the pointer pins an item of the embeddings and draws its pairs", async () => {
    const { page } = workbench;
    await setTheme(page, "Dark Modern");
    const panel = await webview(page, "[role=tablist]");
    await panel.getByRole("tab", { name: "Embeddings" }).click();
    const points = panel.locator(".scatter-points");
    const before = await drawnPixels(panel, "[role=tabpanel]:not([hidden])", 1);
    const place = await points.evaluate(anyPoint);
    const box = await points.boundingBox();
    if (box === null) throw new TypeError("the plot is not shown");
    await page.mouse.move(box.x + place.x, box.y + place.y);
    await panel
      .locator(".pinned-item")
      .filter({ hasText: /rank \d+/ })
      .waitFor();
    expect(await drawnPixels(panel, "[role=tabpanel]:not([hidden])", 1)).not.toBe(before);
    await screenshot(page, "panel-embeddings-hover");
  });

  test("a lasso lists the items within, with their thumbnails and ranks", async () => {
    const { page } = workbench;
    const panel = await webview(page, ".scatter-points");
    const box = await panel.locator(".scatter-points").boundingBox();
    if (box === null) throw new TypeError("the plot is not shown");
    // Around a part of the right half, where the legend of the classes is not.
    const corners = [
      [0.62, 0.3],
      [0.78, 0.24],
      [0.84, 0.5],
      [0.7, 0.6],
      [0.62, 0.3],
    ] as const;
    for (const [index, [x, y]] of corners.entries()) {
      await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 6 });
      if (index === 0) await page.mouse.down();
    }
    await page.mouse.up();
    await panel.getByRole("heading", { name: /^\d+ vectors? selected$/ }).waitFor();
    const row = panel.locator(".pair-row").first();
    expect(await row.textContent()).toMatch(/\d+−?[01]\.\d\d$/);
    await screenshot(page, "panel-embeddings-lasso");
  });

  test("a reloaded window shows the same run again", async () => {
    const { page } = workbench;
    // The web workbench writes its state every five seconds, and not when a page goes away.
    await page.waitForTimeout(7_000);
    await page.reload();
    await statusBar(page).waitFor({ timeout: 60_000 });
    const panel = await webview(page, "[role=tablist]");
    await panel.getByRole("tab", { name: "Embeddings", selected: true }).waitFor();
    await expect
      .poll(() => drawnPixels(panel, "[role=tabpanel]:not([hidden])"))
      .toBeGreaterThan(500);
    await openView(page, "NormLens");
    await treeItem(page, "Shapes in three modalities").waitFor();
    await screenshot(page, "panel-after-reload");
  });

  test("a request that npm start leaves opens the newest run", async () => {
    const { page } = workbench;
    await runCommand(page, "View: Close All Editors");
    await page.locator(".editor-group-container .tab").first().waitFor({ state: "detached" });
    await page.waitForTimeout(7_000);
    const request = path.join(workbench.folder, ".normlens/open-run");
    writeFileSync(request, "");
    await page.reload();
    await webview(page, "[role=tablist]");
    expect(existsSync(request)).toBe(false);
  });

  test("Stop Run finishes the folder as cancelled", async () => {
    const { page } = workbench;
    const file = path.join(workbench.folder, "shapes.normlens.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(/epochs: \d+/, "epochs: 1000"));
    await runCommand(page, "NormLens: Start Training");
    await pickItem(page, "shapes.normlens.yaml");
    await treeItem(page, "Running").waitFor();
    await runCommand(page, "NormLens: Stop Run");
    await treeItem(page, /cancelled/).waitFor({ timeout: 30_000 });
    const newest = readdirSync(runs).sort().at(-1) ?? "";
    const record: unknown = JSON.parse(readFileSync(path.join(runs, newest, "run.json"), "utf8"));
    expect(record).toMatchObject({ status: "cancelled" });
  });

  test("nothing asked for an address outside this machine", () => {
    expect(workbench.external).toEqual([]);
  });
});
