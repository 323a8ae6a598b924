import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseRunRecord } from "../../core/protocol/parse-run-files.ts";
import type { RunRecord, SweepTrial } from "../../core/protocol/run-files.ts";
import { metricText } from "../support/run-files.ts";
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
} from "./workbench.ts";

const FOLDER = path.join(import.meta.dirname, "../../examples/configs");
const SPEC = "line.normlens.yaml";
const EXPERIMENT = `name: Line
data: { source: csv, path: line.csv, target: y, task: regression }
model: { type: linear }
objective: { loss: half_mse }
penalty: [{ norm: l1, lambda: 0.5 }] # mine
split: { validation: 0.2, test: 0 }
`;
const HALVING = `${EXPERIMENT}sweep: { vary: { penalty.0.lambda: [0.1, 0.2] } }\n`;
const PICTURE = { x: 0, y: 0, width: 720, height: 480 };

const trial = (number: number, lambda: number, value: number): SweepTrial => ({
  number,
  run: `sweep-trial-${number}`,
  set: [`penalty.0.lambda=${lambda}`],
  epochs: 1,
  value,
  status: "finished",
});

/** Two runs of an experiment that is there, a sweep whose best trial is gone, and one in progress. */
function writeRuns(folder: string): void {
  const rows = Array.from({ length: 40 }, (_, row) => `${row % 7},${row % 5},${(row % 7) * 2}`);
  writeFileSync(path.join(folder, "line.csv"), `a,b,y\n${rows.join("\n")}\n`);
  writeFileSync(path.join(folder, SPEC), EXPERIMENT);
  const write = (id: string, minutesAgo: number, record: Partial<RunRecord>, spec = EXPERIMENT) =>
    writeRun(folder, { id, spec: SPEC, ...record }, { minutesAgo, spec });
  const reached = { step: 40, epoch: 4 };
  for (const [id, minutes, lambda, loss] of [
    ["strong", 5, 0.5, 0.5],
    ["weak", 6, 0.01, 0.25],
  ] as const) {
    const final = { "validation/data_loss": loss, "weights/all/zero_fraction": lambda };
    const penalties = [{ norm: "l1", lambda }];
    const set = id === "weak" ? { set: ["penalty.0.lambda=0.01"] } : {};
    const run = write(id, minutes, { final, penalties, reached, ...set });
    writeFileSync(
      path.join(run, "metrics.jsonl"),
      metricText(40, { "validation/data_loss": loss }),
    );
  }
  const sweep = {
    metric: "validation/data_loss",
    goal: "minimize",
    rungs: [1],
    trials: [trial(1, 0.1, 0.75), trial(2, 0.2, 0.625)],
    best: 2,
  } as const;
  write("sweep", 9, { sweep, reached, spec: "halving.normlens.yaml" }, HALVING);
  const live = { status: "running", pid: process.pid, host: hostname(), steps_total: 200 } as const;
  const run = write("live", 0, live);
  writeFileSync(path.join(run, "metrics.jsonl"), metricText(50));
}

const quickInput = (page: Page) => page.locator(".quick-input-widget:visible");
const toast = (page: Page, text: string) =>
  page.locator(".notification-toast").filter({ hasText: text });
const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** The selected tab of every panel that is shown. */
async function selectedTabs(page: Page): Promise<readonly string[]> {
  const texts = page.frames().map((frame) =>
    frame
      .locator("[role=tab][aria-selected=true]:visible")
      .allTextContents()
      // A panel that is just being hidden takes its frame along.
      .catch(() => []),
  );
  return (await Promise.all(texts)).flat();
}

describe("what can be done with runs", () => {
  let workbench: Workbench;
  let runs: string;
  beforeAll(async () => {
    workbench = await openWorkbench({ folder: FOLDER, prepare: writeRuns });
    runs = path.join(workbench.folder, ".normlens/runs");
    const { page } = workbench;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await openView(page, "NormLens");
    await treeItem(page, "strong").waitFor();
  });
  afterAll(() => workbench?.close());

  test("a row in progress follows its run, the others stay as they are drawn", async () => {
    const { page } = workbench;
    await treeItem(page, /live.*step 50, 25%/).waitFor();
    const other = await treeItem(page, "weak").elementHandle();
    await treeItem(page, "weak").hover();
    const metrics = path.join(runs, "live/metrics.jsonl");
    for (const step of [60, 70, 80]) {
      const told = metricText(step, { "validation/data_loss": 1 / step });
      appendFileSync(metrics, told);
      await treeItem(page, new RegExp(`live.*step ${step}, .*0\\.0`)).waitFor();
    }
    expect(await other?.evaluate((row) => row.isConnected && row.matches(":hover"))).toBe(true);
  });

  test("a run whose process is gone says so", async () => {
    const { page } = workbench;
    const record = path.join(runs, "live/run.json");
    const text = readFileSync(record, "utf8").replace(
      `"pid":${process.pid}`,
      `"pid":${2 ** 22 + 1}`,
    );
    writeFileSync(record, text);
    await treeItem(page, /live.*process gone at step 80/).waitFor();
  });

  test.each(THEMES)("the best run has a star in %s", async (theme) => {
    const { page } = workbench;
    await setTheme(page, theme);
    await treeItem(page, /weak.*★ 0\.250, λ 0\.01, 1% zero/).hover();
    const name = `run-commands-${theme.toLowerCase().replaceAll(" ", "-")}`;
    await screenshot(page, name, PICTURE);
  });

  test("sorts by λ", async () => {
    const { page } = workbench;
    await setTheme(page, "Dark Modern");
    await runCommand(page, "NormLens: Sort Runs By");
    await pickItem(page, "λ");
    await expect
      .poll(async () => {
        const rows = page.locator(".part.sidebar [role=treeitem] .label-name");
        return (await rows.allTextContents()).filter((name) =>
          /^(weak|strong|sweep|live)$/.test(name),
        );
      })
      .toEqual(["weak", "strong", "live", "sweep"]);
  });

  test("selected runs are compared in the panel of the first", async () => {
    const { page } = workbench;
    await treeItem(page, "weak").locator(".label-name").click();
    await treeItem(page, "strong")
      .locator(".label-name")
      .click({ modifiers: ["Control"] });
    await takeFromMenu(page, "strong", "Compare Selected Runs");
    // Clicks on the rows have opened panels of their own.
    await expect.poll(() => selectedTabs(page)).toContain("Compare");
    const ticked = page.locator(".part.sidebar [role=treeitem] .monaco-custom-toggle.checked");
    await expect.poll(() => ticked.count()).toBe(2);
    await screenshot(page, "run-commands-compare");
  });

  test("results are copied as a table, metrics are written to a file", async () => {
    const { page } = workbench;
    await treeItem(page, "weak").locator(".label-name").click();
    await treeItem(page, "strong")
      .locator(".label-name")
      .click({ modifiers: ["Control"] });
    await takeFromMenu(page, "weak", "Export…");
    await pickItem(page, "Markdown");
    await toast(page, "Copied the results of 2 runs").waitFor();
    expect(await copied(page)).toContain("| strong |");
    // What a menu does, it does for all that is selected.
    await treeItem(page, "weak").locator(".label-name").click();
    await takeFromMenu(page, "weak", "Export…");
    await pickItem(page, "Metrics of Every Step");
    const box = quickInput(page).locator("input").first();
    await expect.poll(() => box.inputValue()).toContain("weak-metrics.csv");
    await box.press("Enter");
    await toast(page, "Exported to").waitFor();
    const file = path.join(workbench.folder, "weak-metrics.csv");
    expect(readFileSync(file, "utf8")).toMatch(/^step,epoch,time,validation\/data_loss\r\n40,/);
  });

  test("the best trial's experiment is copied though its folder is gone", async () => {
    const { page } = workbench;
    await takeFromMenu(page, "sweep", "Copy Best Experiment");
    await toast(page, "trial 2, the best: penalty.0.lambda=0.2").waitFor();
    const text = await copied(page);
    expect(text).toContain("penalty: [ { norm: l1, lambda: 0.2 } ] # mine");
    expect(text).not.toContain("sweep");
  });

  test("a run is trained again with a value that the reader changes", async () => {
    const { page } = workbench;
    await takeFromMenu(page, "strong", "Re-run with Changes…");
    await pickItem(page, "penalty.0.lambda");
    const box = quickInput(page).locator("input").first();
    await expect.poll(() => box.inputValue()).toBe("0.5");
    await box.fill("none");
    await quickInput(page).filter({ hasText: "none" }).first().waitFor();
    await screenshot(page, "run-commands-refused", { x: 300, y: 0, width: 840, height: 200 });
    await box.fill("0.2 / 4");
    await box.press("Enter");
    await quickInput(page).filter({ hasText: "Run with 1 Change" }).waitFor();
    await screenshot(page, "run-commands-changes", { x: 300, y: 0, width: 840, height: 480 });
    await pickItem(page, "Run with 1 Change");
    await treeItem(page, /Line.*λ 0\.05/).waitFor();
    const made = readdirSync(runs).filter((name) => /-line$/.test(name));
    expect(made).toHaveLength(1);
    const record = path.join(runs, made[0] ?? "", "run.json");
    await expect
      .poll(() => parseRunRecord(JSON.parse(readFileSync(record, "utf8"))))
      .toMatchObject({
        status: "finished",
        set: ["penalty.0.lambda=0.2 / 4"],
        penalties: [{ norm: "l1", lambda: 0.05 }],
        reached: { step: 1, epoch: 1 },
      });
  });

  test("nothing asked for an address outside this machine", () => {
    expect(workbench.external).toEqual([]);
  });
});
