import path from "node:path";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LAMBDAS, SEEDS, type TrainedRuns, trainRuns } from "./trained-runs.ts";
import {
  openView,
  openWorkbench,
  pickItem,
  runCommand,
  screenshot,
  setTheme,
  THEMES,
  treeItem,
  type Workbench,
  webview,
} from "./workbench.ts";

const FOLDER = path.join(import.meta.dirname, "../../examples/configs");

/** With real runs for the README minutes, else seconds. */
const TRAINING_LIMIT_MS = 600_000;

const comparison = (page: Page): Promise<Frame> => webview(page, ".compare .setting-table");

/** Ticks a run in the list, or takes the tick away. */
async function tick(page: Page, name: string): Promise<void> {
  await treeItem(page, name).locator("[role=checkbox], .monaco-custom-toggle").first().click();
}

/** Texts of the cells of the row that begins with `head`. */
async function cells(panel: Frame, table: string, head: string): Promise<readonly string[]> {
  const row = panel
    .locator(`${table} tbody tr`)
    .filter({ has: panel.locator("th", { hasText: head }) })
    .first();
  return row.locator("td").allTextContents();
}

describe("the comparison of runs", () => {
  let runs: TrainedRuns;
  let workbench: Workbench;
  beforeAll(async () => {
    runs = await trainRuns();
    workbench = await openWorkbench({ folder: FOLDER, prepare: runs.copyTo });
    await workbench.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await openView(workbench.page, "NormLens");
    await treeItem(workbench.page, "Strong 2").waitFor();
  }, TRAINING_LIMIT_MS);
  afterAll(async () => {
    await workbench?.close();
    runs?.dispose();
  });

  test("says how to choose a run where there is none to compare with", async () => {
    const { page } = workbench;
    await runCommand(page, "NormLens: Open Run");
    await pickItem(page, "Strong 1");
    const opened = await webview(page, "[role=tablist]");
    await opened.getByRole("tab", { name: "Compare" }).click();
    const panel = await webview(page, ".compare .placeholder h2");
    await panel.getByRole("heading", { name: "Nothing to compare with" }).waitFor();
    await panel.getByText("Choose a run…").waitFor();
    await screenshot(page, "compare-empty");
  });

  test("shows what differs from a run that is ticked, and nothing else", async () => {
    const { page } = workbench;
    await tick(page, "Weak 1");
    const panel = await comparison(page);
    expect(await cells(panel, ".setting-table", "penalty[0].lambda")).toEqual([
      LAMBDAS.Strong,
      LAMBDAS.Weak,
    ]);
    const differing = await panel.locator(".setting-table tbody th").allTextContents();
    expect(differing).toEqual(["name", "penalty[0].lambda"]);
    await panel
      .locator("vscode-checkbox")
      .filter({ hasText: /Show equal \(\d+\)/ })
      .click();
    await panel
      .locator(".setting-table .equal-row th")
      .filter({ hasText: "training.seed" })
      .waitFor();
    await panel
      .locator("vscode-checkbox")
      .filter({ hasText: /Show equal/ })
      .click();
    await expect
      .poll(() => panel.locator(".setting-table tbody tr").count())
      .toBe(differing.length);
  });

  test("judges metrics by the noise between seeds, and says how many", async () => {
    const { page } = workbench;
    const panel = await comparison(page);
    const noise = await panel.locator(".noise-line").textContent();
    const [n, t] = SEEDS.length === 3 ? [3, "2.8"] : [2, "4.3"];
    expect(noise).toMatch(
      new RegExp(`^Noise from ${2 * n} runs .*n = ${n} for Strong 1, ${n} for Weak 1`),
    );
    // Student's t of 2n − 2 degrees of freedom at 97.5 %.
    expect(noise).toContain(`±${t}`);
    // Two objectives: what holds the penalty is not compared.
    expect((await cells(panel, ".delta-table", "loss")).at(-1)).toBe("other objective");
    const verdicts = await panel.locator(".delta-table .verdict-word").allTextContents();
    expect(verdicts.length).toBeGreaterThan(5);
    for (const verdict of verdicts) {
      expect(["better", "worse", "within noise", "different", "other objective"]).toContain(
        verdict,
      );
    }
    // Better lies to the right of no difference, worse to its left.
    for (const dot of await panel.locator(".delta-axis").all()) {
      const mark = dot.locator(".delta-dot:not(.verdict-within-noise)");
      if ((await mark.count()) === 0) continue;
      const [zero, at] = await Promise.all([
        dot.locator(".delta-zero").boundingBox(),
        mark.boundingBox(),
      ]);
      const isBetter = (await mark.getAttribute("class"))?.includes("verdict-better") ?? false;
      expect((at?.x ?? 0) > (zero?.x ?? 0)).toBe(isBetter);
    }
  });

  test("lists layers by the biggest change, and copies a table", async () => {
    const { page } = workbench;
    const panel = await comparison(page);
    await panel.locator(".layer-delta-table tbody th").first().waitFor();
    const first = await panel.locator(".layer-delta-table tbody th").first().textContent();
    expect(first).toMatch(/^image\./);
    await panel.locator(".zero-share-slopes .slope.strong").first().waitFor();
    await panel.getByRole("button", { name: "Copy layers" }).click();
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toMatch(/^layer\tnorm \(Weak 1\)\t.*\nimage\./);
  });

  test.each(THEMES)("is readable in %s", async (theme) => {
    const { page } = workbench;
    await setTheme(page, theme);
    const panel = await comparison(page);
    await panel.locator(".zero-share-slopes circle").first().waitFor();
    await panel.locator(".compare .toolbar").scrollIntoViewIfNeeded();
    await screenshot(page, `compare-${theme.toLowerCase().replaceAll(" ", "-")}`);
  });

  test("leads to the curves, and comes back to where it was", async () => {
    const { page } = workbench;
    await setTheme(page, "Dark Modern");
    const panel = await comparison(page);
    await panel.getByRole("button", { name: "Show in Curves" }).click();
    await panel.locator("#panel-curves .figure").first().waitFor();
    await tick(page, "Weak 2");
    await expect.poll(() => panel.locator(".chip-toggle").count()).toBe(2);
    const loss = await panel.locator(".figure-loss .u-over").boundingBox();
    if (loss === null) throw new TypeError("The loss is not shown");
    await page.mouse.move(loss.x + loss.width * 0.62, loss.y + loss.height / 2);
    await panel.locator(".figure-gap .end-label").filter({ hasText: "Weak 2" }).waitFor();
    await page.locator(".monaco-hover:visible").waitFor({ state: "detached" });
    await screenshot(page, "curves-several-runs");
    await tick(page, "Weak 2");
    await expect.poll(() => panel.locator(".chip-toggle").count()).toBe(1);
    await panel.getByRole("tab", { name: "Compare" }).click();
    await panel.locator(".setting-table").waitFor();
  });

  test("takes the baseline where no run is ticked", async () => {
    const { page } = workbench;
    await tick(page, "Weak 1");
    const panel = await webview(page, ".compare");
    await panel.getByRole("heading", { name: "Nothing to compare with" }).waitFor();
    await runCommand(page, "NormLens: Set as Baseline");
    await pickItem(page, "Weak 2");
    await panel.getByRole("tab", { name: "Curves" }).click();
    await panel.getByRole("tab", { name: "Compare" }).click();
    const compared = await comparison(page);
    await compared.getByText("the baseline, as no other run is ticked").waitFor();
    expect(await cells(compared, ".setting-table", "training.seed")).toEqual(["1", "2"]);
  });
});
