import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { layerText, recordText } from "../support/run-files.ts";
import { tinyRun } from "../support/tiny-run.ts";
import {
  openView,
  openWorkbench,
  screenshot,
  setTheme,
  THEMES,
  treeItem,
  type Workbench,
  webview,
} from "./workbench.ts";

const FOLDER = path.join(import.meta.dirname, "../../examples/configs");
const MANY = 3000;
const TRAINING_LIMIT_MS = 180_000;

/** A real training of a few seconds; λ is what its zeros depend on. */
const trainShapes = (workspace: string, name: string, lambda: number): Promise<string> =>
  tinyRun(workspace, [
    `name=${name}`,
    `penalty.0.lambda=${lambda}`,
    "data.samples=200",
    "model.private.image=[24]",
    "model.private.audio=[16]",
    "model.embedding=32",
    "training.epochs=6",
    "training.batch_size=64",
  ]);

function writeManyLayers(workspace: string): void {
  const run = path.join(workspace, ".normlens/runs/20261101-100000-many-layers");
  mkdirSync(path.join(run, "weights"), { recursive: true });
  writeFileSync(
    path.join(run, "run.json"),
    recordText({ id: path.basename(run), name: "Many layers", status: "finished" }),
  );
  const lines = Array.from({ length: MANY }, (_, index) =>
    layerText(10, `block${Math.floor(index / 10)}.layer${index}.weight`, index % 2),
  );
  writeFileSync(path.join(run, "weights/layers.jsonl"), lines.join(""));
}

/** The panel of a run; the panel of another one may be closing meanwhile. */
async function panelOf(page: Page, run: string): Promise<Frame> {
  let found: Frame | undefined;
  await expect
    .poll(async () => {
      for (const frame of page.frames()) {
        const chip = await frame
          .evaluate(() => document.querySelector(".run-chip")?.textContent ?? "")
          .catch(() => ""); // The frame may be navigating.
        if (chip.includes(run)) found = frame;
      }
      return found !== undefined;
    })
    .toBe(true);
  if (found === undefined) throw new RangeError(`No panel shows ${run}`);
  return found;
}

async function openWeights(page: Page, run: string): Promise<Frame> {
  await treeItem(page, run).locator(".label-name").click();
  const panel = await panelOf(page, run);
  await panel.getByRole("tab", { name: "Weights" }).click();
  await panel.locator("[role=treegrid]").waitFor();
  return panel;
}

interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

/** The pixel of the history's canvas at shares of its width and height. */
const historyPixel = (panel: Frame, x: number, y: number): Promise<Rgb> =>
  panel.locator(".weight-history canvas").evaluate(
    (element, [left, top]) => {
      const canvas = element as HTMLCanvasElement;
      const place = [Math.floor(canvas.width * left), Math.floor(canvas.height * top)] as const;
      const data = canvas.getContext("2d")?.getImageData(...place, 1, 1).data;
      const [red = 0, green = 0, blue = 0, alpha = 0] = data ?? [];
      return { red, green, blue, alpha };
    },
    [x, y] as const,
  );

describe("the Weights tab", () => {
  let workbench: Workbench;
  let workspace: string;
  beforeAll(async () => {
    workspace = mkdtempSync(path.join(tmpdir(), "normlens-weights-"));
    await trainShapes(workspace, "Weak", 1e-4);
    await trainShapes(workspace, "Strong", 5e-3);
    writeManyLayers(workspace);
    workbench = await openWorkbench({
      folder: FOLDER,
      prepare: (folder) =>
        cpSync(path.join(workspace, ".normlens"), path.join(folder, ".normlens"), {
          recursive: true,
        }),
    });
    await openView(workbench.page, "NormLens");
    await treeItem(workbench.page, "Strong").waitFor();
  }, TRAINING_LIMIT_MS);
  afterAll(async () => {
    await workbench?.close();
    rmSync(workspace, { recursive: true, force: true });
  });

  test("of thousands of layers is walked with the keyboard, a screenful in the document", async () => {
    const { page } = workbench;
    const panel = await openWeights(page, "Many layers");
    const rows = panel.locator(".virtual-rows [role=row]");
    const grid = panel.locator("[role=treegrid]");
    expect(await grid.getAttribute("aria-rowcount")).toBe(String(1 + MANY + MANY / 10));
    expect(await rows.count()).toBeLessThan(150);
    await panel.locator("[data-layer='block0.layer0.weight']").click();
    const focused = () =>
      panel.evaluate(() => {
        const row = document.activeElement;
        const box = row?.getBoundingClientRect();
        const scroller = document.querySelector(".layer-table-scroller")?.getBoundingClientRect();
        const isSeen =
          box !== undefined &&
          scroller !== undefined &&
          box.top >= scroller.top &&
          box.bottom <= scroller.bottom + 1;
        return `${row?.getAttribute("data-layer")} ${isSeen ? "seen" : "unseen"}`;
      });
    await page.keyboard.press("End");
    await expect.poll(focused).toBe(`block299.layer2999.weight seen`);
    await page.keyboard.press("PageUp");
    await expect.poll(focused).toMatch(/^block2\d\d\.layer29\d\d\.weight seen$/);
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    await expect.poll(focused).toBe("block0.layer0.weight seen");
    expect(await rows.count()).toBeLessThan(150);
    await panel.locator(".search-input").first().fill("layer1234");
    await panel
      .getByText("1 of 3\u2009000 layers")
      .or(panel.getByText("1 of 3000 layers"))
      .waitFor();
    await panel.locator(".search-input").first().fill("");
  });

  test("sorts by the share of zeros", async () => {
    const { page } = workbench;
    const panel = await openWeights(page, "Strong");
    await panel.locator("[role=columnheader].col-zero button").click();
    await panel.locator("[role=columnheader].col-zero[aria-sort=descending]").waitFor();
    const first = panel.locator(".virtual-rows [aria-rowindex='2']");
    await first.locator(".zero-text").waitFor();
    const share = Number.parseFloat((await first.locator(".zero-text").textContent()) ?? "");
    expect(share).toBeGreaterThan(20);
    expect(await panel.locator(".group-row").count()).toBe(0);
    await panel.locator("[role=columnheader].col-zero button").press("Enter");
    await panel.locator("[role=columnheader].col-zero[aria-sort=ascending]").waitFor();
    await panel.locator("[role=columnheader].col-zero button").press("Enter");
    await panel.locator(".group-row").first().waitFor();
  });

  test("draws a layer's values over all steps; a press goes to a step", async () => {
    const { page } = workbench;
    const panel = await webview(page, "[role=treegrid]");
    await panel.locator("[data-layer='image.fc1.weight']").click();
    await panel.locator(".weight-history canvas").waitFor();
    await panel.locator(".figure-history").scrollIntoViewIfNeeded();
    // Above the middle of the values orange, below it blue; the zeros' strip is full at the end.
    await expect
      .poll(async () => {
        const { red, blue, alpha } = await historyPixel(panel, 0.2, 0.3);
        return alpha > 0 && red > blue;
      })
      .toBe(true);
    const below = await historyPixel(panel, 0.2, 0.42);
    expect(below.alpha).toBeGreaterThan(0);
    expect(below.blue).toBeGreaterThan(below.red);
    const text = panel.locator(".scrubber-text");
    const last = await text.textContent();
    const box = await panel.locator(".weight-history canvas").boundingBox();
    if (box === null) throw new TypeError("The history is not shown");
    await page.mouse.click(box.x + 60, box.y + 40);
    await expect.poll(() => text.textContent()).toBe("step 0");
    await panel.locator("[data-layer='image.fc1.weight']").focus();
    await page.keyboard.press("]");
    await expect.poll(() => text.textContent()).not.toBe("step 0");
    for (let step = 0; step < 10; step += 1) await page.keyboard.press("]");
    await expect.poll(() => text.textContent()).toBe(last);
    await panel.locator(".figure-history vscode-button[aria-label='View as table']").click();
    await panel.locator(".figure-history .table-foot").filter({ hasText: "steps" }).waitFor();
    await panel.locator(".figure-history vscode-button[aria-label='View as chart']").click();
  });

  test("shows the difference from a second run that is ticked", async () => {
    const { page } = workbench;
    await treeItem(page, "Weak").locator("[role=checkbox], .monaco-custom-toggle").first().click();
    const panel = await webview(page, "[role=treegrid]");
    await panel.locator(".reference-bar vscode-dropdown").first().click();
    await panel.locator(".reference-bar vscode-option").filter({ hasText: "Weak" }).click();
    await panel
      .locator(".figure-weights .figure-title")
      .filter({ hasText: "Difference" })
      .waitFor();
    const row = panel.locator("[data-layer='image.fc1.weight']");
    await expect
      .poll(async () =>
        Number.parseFloat((await row.locator(".col-zero-change").textContent()) ?? ""),
      )
      .toBeGreaterThan(5);
    await expect
      .poll(async () => Number.parseFloat((await row.locator(".col-distance").textContent()) ?? ""))
      .toBeGreaterThan(0.05);
    expect(await panel.locator(".figure-values .other-outline").count()).toBe(2);
  });

  test.each(THEMES)("is readable in %s", async (theme) => {
    const { page } = workbench;
    await setTheme(page, theme);
    const panel = await webview(page, "[role=treegrid]");
    await panel.locator(".figure-weights canvas").waitFor();
    await screenshot(page, `weights-difference-${theme.toLowerCase().replaceAll(" ", "-")}`);
  });

  test("fits into a narrow panel: nothing but tables scrolls sideways", async () => {
    const { page } = workbench;
    await setTheme(page, "Dark Modern");
    const before = page.viewportSize();
    await page.setViewportSize({ width: 860, height: 860 });
    const panel = await webview(page, "[role=treegrid]");
    await expect
      .poll(() =>
        panel.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        }),
      )
      .toBeLessThanOrEqual(0);
    await screenshot(page, "weights-narrow");
    if (before !== null) await page.setViewportSize(before);
  });

  test("nothing asked for an address outside this machine", () => {
    expect(workbench.external).toEqual([]);
  });
});
