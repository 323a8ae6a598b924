import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunRecord } from "../../core/protocol/run-files.ts";
import { metricText, recordText } from "../support/run-files.ts";
import { writeRun } from "../support/write-run.ts";
import {
  openView,
  openWorkbench,
  pickItem,
  runCommand,
  screenshot,
  setTheme,
  THEMES,
  takeFromMenu,
  treeItem,
  type Workbench,
  widenSidebar,
} from "./workbench.ts";

const FOLDER = path.join(import.meta.dirname, "../../examples/configs");
const SPEC = "name: Shapes\npenalty: [{ norm: l1, lambda: 1e-4 }]\n";
const DAY_MINUTES = 24 * 60;

/** Runs of three days: three experiments, one of them a sweep, and one that failed. */
function writeRuns(folder: string): void {
  const write = (id: string, minutesAgo: number, record: Partial<RunRecord>, loss?: number) => {
    const run = writeRun(folder, { id, ...record }, { minutesAgo, spec: SPEC });
    const values = { "validation/data_loss": loss ?? 1, "weights/all/zero_fraction": 0.62 };
    if (loss !== undefined) writeFileSync(path.join(run, "metrics.jsonl"), metricText(400, values));
  };
  write("en-l1-003", 2, { set: ["penalty.0.lambda=0.000183"] }, 0.38);
  write("en-l1-002", 3, {}, 0.431);
  const error = { message: "train/loss is NaN at step 1 843" };
  write("nan-lr-01", 4, { status: "failed", error });
  write("l2-only-001", DAY_MINUTES, { spec: "l2.normlens.yaml" }, 0.507);
  write("halving", 3 * DAY_MINUTES, { spec: "halving.normlens.yaml" }, 0.41);
  for (const trial of [1, 2, 3]) {
    const record = {
      name: `halving, trial ${trial}`,
      spec: "halving.normlens.yaml",
      parent: "halving",
      set: [`penalty.0.lambda=${1 / 10 ** trial}`],
      ...(trial === 3 ? { stopped_by: "the sweep, after epoch 1" } : {}),
    };
    write(`halving-trial-${trial}`, 3 * DAY_MINUTES - trial, record, 0.4 + trial / 100);
  }
}

const rows = (page: Page) => page.locator(".part.sidebar [role=treeitem]");

/** Names of the rows in view, from the top. */
async function names(page: Page): Promise<readonly string[]> {
  return rows(page).locator(".label-name").allTextContents();
}

/** Answers the open question. */
async function answer(page: Page, text: string): Promise<void> {
  const box = page.locator(".quick-input-widget:visible input").first();
  await box.waitFor();
  await box.fill(text);
  await page.keyboard.press("Enter");
  await box.waitFor({ state: "hidden" });
}

describe("the list of runs", () => {
  let workbench: Workbench;
  let runs: string;
  beforeAll(async () => {
    workbench = await openWorkbench({ folder: FOLDER, prepare: writeRuns });
    runs = path.join(workbench.folder, ".normlens/runs");
    await openView(workbench.page, "NormLens");
    await treeItem(workbench.page, "en-l1-003").waitFor();
  });
  afterAll(() => workbench?.close());

  test("shows the numbers that matter, by date, trials under their sweep", async () => {
    const { page } = workbench;
    await treeItem(page, /en-l1-003.*★ 0\.380, λ 1\.83e-4, 62% zero/).waitFor();
    await treeItem(page, /nan-lr-01.*NaN at step 1 843/).waitFor();
    expect(await names(page)).toEqual(expect.arrayContaining(["Yesterday", "Last 7 Days"]));
    expect(await names(page)).not.toContain("trial 1");
    await treeItem(page, /^halving/)
      .locator(".monaco-tl-twistie")
      .click();
    await treeItem(page, /^trial 2.*λ 0\.01/).waitFor();
  });

  test("can be renamed, tagged and given a baseline, in notes beside an untouched record", async () => {
    const { page } = workbench;
    const record = readFileSync(path.join(runs, "en-l1-002/run.json"), "utf8");
    await takeFromMenu(page, "en-l1-002", "Rename…");
    await answer(page, "Plain elastic net");
    await treeItem(page, "Plain elastic net").waitFor();
    await takeFromMenu(page, "Plain elastic net", "Tag…");
    await answer(page, "paper");
    await treeItem(page, /Plain elastic net.*#paper/).waitFor();
    await takeFromMenu(page, "Plain elastic net", "Set as Baseline");
    await treeItem(page, /Plain elastic net.*⚑ 0\.431/).waitFor();
    expect(JSON.parse(readFileSync(path.join(runs, "en-l1-002/notes.json"), "utf8"))).toEqual({
      format: 1,
      name: "Plain elastic net",
      tags: ["paper"],
      baseline: true,
    });
    expect(readFileSync(path.join(runs, "en-l1-002/run.json"), "utf8")).toBe(record);
  });

  test("ticks what the panel shows, and has room for its numbers when it is widened", async () => {
    const { page } = workbench;
    await widenSidebar(page, 500);
    for (const name of ["en-l1-003", "Plain elastic net"]) {
      const box = treeItem(page, name).locator(".custom-view-tree-node-item-checkbox");
      if ((await box.getAttribute("aria-checked")) !== "true") await box.click();
      // The tooltip of a box lies over the next one.
      await page.mouse.move(720, 600);
    }
    const ticked = page.locator(".part.sidebar [role=treeitem] .monaco-custom-toggle.checked");
    await expect.poll(() => ticked.count()).toBe(2);
    // The editor would draw rows anew a fifth of a second after they were said to have changed.
    await page.waitForTimeout(1_000);
    expect(await ticked.count()).toBe(2);
    const described = treeItem(page, "en-l1-003").locator(".label-description");
    const isCut = (element: Element) => element.scrollWidth > element.clientWidth;
    expect(await described.evaluate(isCut)).toBe(false);
  });

  test.each(THEMES)("is readable in %s", async (theme) => {
    const { page } = workbench;
    await setTheme(page, theme);
    await treeItem(page, "l2-only-001").hover();
    await screenshot(page, `sidebar-${theme.toLowerCase().replaceAll(" ", "-")}`, {
      x: 0,
      y: 36,
      width: 500,
      height: 284,
    });
  });

  test("is grouped and sorted as it is told", async () => {
    const { page } = workbench;
    await setTheme(page, "Dark Modern");
    await runCommand(page, "NormLens: Group Runs By");
    await pickItem(page, "Experiment");
    await treeItem(page, "halving.normlens.yaml").waitFor();
    await runCommand(page, "NormLens: Group Runs By");
    await pickItem(page, "None");
    await runCommand(page, "NormLens: Sort Runs By");
    await pickItem(page, "Best Validation Metric");
    await expect
      .poll(async () => (await names(page)).filter((name) => !name.includes("trial")))
      .toEqual(["en-l1-003", "halving", "Plain elastic net", "l2-only-001", "nan-lr-01"]);
  });

  test("is filtered while typing, says so, and one button clears it", async () => {
    const { page } = workbench;
    await runCommand(page, "NormLens: Filter Runs");
    const question = page.locator(".quick-input-widget:visible").filter({ hasText: "Filter Runs" });
    await question.locator(".quick-input-title").waitFor();
    await question.locator("input").first().fill("#paper");
    await expect.poll(() => names(page)).toEqual(["Plain elastic net"]);
    await page.keyboard.press("Enter");
    const message = page.locator(".part.sidebar .message").filter({ hasText: "1 of 8 runs" });
    await message.waitFor();
    await screenshot(page, "sidebar-filtered", { x: 0, y: 0, width: 520, height: 300 });
    await page.locator(".part.sidebar [aria-label='Clear Run Filter']:visible").first().click();
    await treeItem(page, "nan-lr-01").waitFor();
    await message.waitFor({ state: "hidden" });
  });

  test("copies the experiment as it ran", async () => {
    const { page } = workbench;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await takeFromMenu(page, "en-l1-003", "Copy Experiment of Run");
    await page.locator(".notification-toast").filter({ hasText: "penalty.0.lambda" }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("lambda: 0.000183");
  });

  test("Move to Trash moves the folder, a sweep's with its trials, and Undo brings it back", async () => {
    const { page } = workbench;
    const trash = path.join(workbench.folder, ".normlens/trash");
    const all = readdirSync(runs).toSorted();
    await takeFromMenu(page, "l2-only-001", "Move to Trash");
    await treeItem(page, "l2-only-001").waitFor({ state: "detached" });
    expect(existsSync(path.join(trash, "l2-only-001/run.json"))).toBe(true);
    const toast = page.locator(".notification-toast").filter({ hasText: "Moved “l2-only-001”" });
    await screenshot(page, "sidebar-trash");
    await toast.getByRole("button", { name: "Undo" }).click();
    await treeItem(page, "l2-only-001").waitFor();
    await takeFromMenu(page, "halving", "Move to Trash");
    const several = page.locator(".notification-toast").filter({ hasText: "Moved 4 runs" });
    await several.getByRole("button", { name: "Undo" }).click();
    await treeItem(page, "halving").waitFor();
    await expect.poll(() => readdirSync(runs).toSorted()).toEqual(all);
    expect(readdirSync(trash)).toEqual([]);
  });

  test("hands over a long list page by page", async () => {
    const { page } = workbench;
    for (let index = 0; index < 300; index++) {
      const run = path.join(runs, `many-${index}`);
      mkdirSync(run);
      writeFileSync(path.join(run, "run.json"), recordText({ id: `many-${index}`, name: "Many" }));
    }
    await runCommand(page, "NormLens: Refresh Runs");
    await treeItem(page, "Many").hover();
    const more = treeItem(page, /^Show \d+ More/);
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 2_000);
        return more.isVisible();
      })
      .toBe(true);
    await more.click();
    await more.waitFor({ state: "detached" });
  });

  test("nothing asked for an address outside this machine", () => {
    expect(workbench.external).toEqual([]);
  });
});
