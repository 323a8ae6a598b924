import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { metricText, recordText } from "../support/run-files.ts";
import {
  openView,
  openWorkbench,
  runCommand,
  screenshot,
  setTheme,
  THEMES,
  treeItem,
  type Workbench,
  webview,
} from "./workbench.ts";

const FOLDER = path.join(import.meta.dirname, "../../examples/configs");
const STEPS = 200_000;
/** One step of the long run whose loss no other comes near: it must be drawn whatever is left out. */
const SPIKE = { step: 123_456, loss: 6 };

/** Losses that fall and part: `offset` keeps the curves of two runs off each other. */
function writeRun(
  runs: string,
  name: string,
  { steps, offset }: { steps: number; offset: number },
) {
  const folder = path.join(runs, `20261121-10${steps % 60}00-${name.replaceAll(" ", "-")}`);
  mkdirSync(folder, { recursive: true });
  const sizes = { steps_total: steps, epochs_total: 20 };
  writeFileSync(
    path.join(folder, "run.json"),
    recordText({ id: path.basename(folder), name, objective: "", ...sizes }),
  );
  const every = steps / 20;
  const lines = Array.from({ length: steps + 1 }, (_, step) => {
    const share = step / steps;
    const data = offset + 1.5 * Math.exp(-4 * share) + 0.05 * Math.sin(step * 12.9898);
    const isSpike = steps === STEPS && step === SPIKE.step;
    return metricText(step, {
      "train/loss": isSpike ? SPIKE.loss : data,
      ...(step % every === 0
        ? {
            "validation/loss": offset + 0.2 + 1.5 * Math.exp(-3.5 * share),
            "weights/fc.weight/l1": 100 - 60 * share,
            "weights/fc.weight/gradient_norm": 2 - share,
          }
        : {}),
    });
  });
  writeFileSync(path.join(folder, "metrics.jsonl"), lines.join(""));
}

/** Pixels of a chart's canvas that have a colour of the style sheet, soft edges not counted. */
const pixelsOf = (panel: Frame, figure: string, color: string): Promise<number> =>
  panel
    .locator(`${figure} canvas`)
    .first()
    .evaluate((element, name) => {
      const canvas = element as HTMLCanvasElement;
      const probe = document.createElement("span");
      probe.style.color = `var(${name})`;
      document.body.append(probe);
      const pen = document.createElement("canvas").getContext("2d");
      if (pen === null) return -1;
      pen.fillStyle = getComputedStyle(probe).color;
      probe.remove();
      pen.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0] = pen.getImageData(0, 0, 1, 1).data;
      const all = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data;
      let count = 0;
      for (let at = 0; all !== undefined && at < all.length; at += 4) {
        const distance =
          Math.abs((all[at] ?? 0) - r) +
          Math.abs((all[at + 1] ?? 0) - g) +
          Math.abs((all[at + 2] ?? 0) - b);
        if ((all[at + 3] ?? 0) > 200 && distance < 24) count += 1;
      }
      return count;
    }, color);

async function tick(page: Page, name: string): Promise<void> {
  await treeItem(page, name).locator(".custom-view-tree-node-item-checkbox").click();
}

/** What the pill on the axis says with the pointer at a share of the loss's plot. */
async function stepAt(page: Page, panel: Frame, share: number): Promise<number> {
  const box = await panel.locator(".figure-loss .u-over").boundingBox();
  if (box === null) throw new TypeError("The loss is not shown");
  await page.mouse.move(box.x + box.width * share, box.y + box.height * 0.9);
  const text = (await panel.locator(".figure-loss .crosshair-pill").textContent()) ?? "";
  return Number(text.replace(/[^\d.]/g, ""));
}

describe("curves of long runs over each other", () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openWorkbench({
      folder: FOLDER,
      prepare(folder) {
        const runs = path.join(folder, ".normlens/runs");
        writeRun(runs, "long run", { steps: STEPS, offset: 0.4 });
        writeRun(runs, "short run", { steps: 400, offset: 1.4 });
      },
    });
  });
  afterAll(() => workbench?.close());

  test("draws a run of 200,000 steps with the extremes of all of them", async () => {
    const { page } = workbench;
    await openView(page, "NormLens");
    await treeItem(page, "long run").locator(".label-name").click();
    const panel = await webview(page, ".figure-loss canvas");
    await expect.poll(() => pixelsOf(panel, ".figure-loss", "--nl-s1")).toBeGreaterThan(500);
    // Read at the right end: the last step that was logged.
    await panel.locator(".figure-loss .end-label-value").first().waitFor();
    await panel.locator(".figure-loss vscode-button[title='View as table']").click();
    await panel
      .locator(".table-foot")
      .filter({ hasText: `of ${"200\u2009001"} rows` })
      .waitFor();
    await panel.locator(".figure-loss vscode-button[title='View as chart']").click();
    await screenshot(page, "curves-long-run");
  });

  test("draws a ticked run in the colour of its chip, hides it and shows it again", async () => {
    const { page } = workbench;
    await tick(page, "short run");
    const panel = await webview(page, ".chip-toggle");
    await expect.poll(() => pixelsOf(panel, ".figure-loss", "--nl-s2")).toBeGreaterThan(20);
    expect(await pixelsOf(panel, ".figure-loss", "--nl-s1")).toBeGreaterThan(500);
    await expect.poll(() => pixelsOf(panel, ".figure-gap", "--nl-s2")).toBeGreaterThan(10);
    await panel.locator(".chip-toggle").click();
    await panel.locator(".chip-dot.ring").waitFor();
    await expect.poll(() => pixelsOf(panel, ".figure-loss", "--nl-s2")).toBe(0);
    await panel.locator(".chip-toggle").click();
    await expect.poll(() => pixelsOf(panel, ".figure-loss", "--nl-s2")).toBeGreaterThan(20);
  });

  test("keeps its zoom when the page is loaded again", async () => {
    const { page } = workbench;
    const panel = await webview(page, ".figure-loss canvas");
    const box = await panel.locator(".figure-loss .u-over").boundingBox();
    if (box === null) throw new TypeError("The loss is not shown");
    await page.mouse.move(box.x + box.width * 0.61, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.62, box.y + box.height / 2, { steps: 3 });
    await page.mouse.move(box.x + box.width * 0.65, box.y + box.height / 2, { steps: 3 });
    await page.mouse.up();
    await panel.getByText("Reset zoom").waitFor();
    const before = await stepAt(page, panel, 0.5);
    expect(before).toBeGreaterThan(115_000);
    expect(before).toBeLessThan(135_000);

    await runCommand(page, "Developer: Reload Webviews");
    await expect.poll(() => panel.isDetached()).toBe(true);
    const again = await webview(page, ".figure-loss canvas");
    await again.getByText("Reset zoom").waitFor();
    await expect
      .poll(async () => Math.abs((await stepAt(page, again, 0.5)) - before))
      .toBeLessThan(60);
    await expect.poll(() => pixelsOf(again, ".figure-loss", "--nl-s1")).toBeGreaterThan(500);
    await expect.poll(() => pixelsOf(again, ".figure-norm", "--nl-s1")).toBeGreaterThan(50);
    // All charts share it: the gap's axis ends where the loss's does.
    await again.locator(".figure-gap .crosshair-line").waitFor();
    await screenshot(page, "curves-zoomed");
    await again.getByText("Reset zoom").click();
    await expect.poll(() => stepAt(page, again, 0.98)).toBeGreaterThan(190_000);
  });

  test("is read step by step with the keyboard", async () => {
    const { page } = workbench;
    const panel = await webview(page, ".figure-loss canvas");
    await page.mouse.move(5, 5);
    await panel.locator(".figure-loss .chart").focus();
    await page.keyboard.press("End");
    const pill = panel.locator(".figure-loss .crosshair-pill");
    await expect.poll(() => pill.textContent()).toBe("step 200\u2009000");
    await page.keyboard.press("Shift+ArrowLeft");
    await expect.poll(() => pill.textContent()).toMatch(/^step 1(89|90)\u2009\d+$/);
    await page.keyboard.press("Escape");
    await expect.poll(() => pill.isVisible()).toBe(false);
  });

  test.each(THEMES)("is readable in %s", async (theme) => {
    const { page } = workbench;
    await setTheme(page, theme);
    const panel = await webview(page, ".figure-loss canvas");
    for (const color of ["--nl-s1", "--nl-s2"]) {
      await expect.poll(() => pixelsOf(panel, ".figure-loss", color)).toBeGreaterThan(20);
    }
    await screenshot(page, `curves-${theme.toLowerCase().replaceAll(" ", "-")}`);
  });
});
