import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseRunRecord } from "../../core/protocol/parse-run-files.ts";
import type { LambdaSelection, RunRecord } from "../../core/protocol/run-files.ts";
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

const EXAMPLES = path.join(import.meta.dirname, "../../examples");
const TRAINING_LIMIT_MS = 120_000;

const figureText = async (panel: Frame): Promise<string> =>
  (await panel.locator(".path-figures").textContent()) ?? "";

function recordOf(run: string): RunRecord {
  const parsed = parseRunRecord(JSON.parse(readFileSync(path.join(run, "run.json"), "utf8")));
  if (typeof parsed === "string") throw new TypeError(`${run}: ${parsed}`);
  return parsed;
}

/** What the newest of `count` runs chose its λ from, once it has. */
async function newestPath(runs: string, count: number): Promise<LambdaSelection> {
  await expect.poll(() => readdirSync(runs).length).toBe(count);
  const run = path.join(runs, readdirSync(runs).toSorted().at(-1) ?? "");
  await expect.poll(() => recordOf(run).status, { timeout: TRAINING_LIMIT_MS }).toBe("finished");
  const { selection } = recordOf(run);
  if (selection === undefined) throw new TypeError(`${run} has no path of λ`);
  return selection;
}

const treeItems = (page: Page): Promise<number> =>
  page
    .locator(".part.sidebar [role=treeitem]")
    .filter({ hasText: /Five of forty sensors.*λ 0\.\d/ })
    .count();

/** Rows that the table of errors has in the panel that is shown. */
async function pathRows(page: Page): Promise<number> {
  const panel = await webview(page, ".path-summary");
  const toggle = panel.locator(".figure-errors vscode-button[title='View as table']");
  if ((await toggle.count()) > 0) await toggle.click();
  return panel.locator(".figure-errors tbody tr").count();
}

describe("the λ path of a finished run", () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openWorkbench({ folder: EXAMPLES });
  });
  afterAll(() => workbench?.close());

  test("stands at the λ that the rule chose", async () => {
    const { page } = workbench;
    await openView(page, "NormLens");
    await runCommand(page, "NormLens: Start Training");
    await pickItem(page, "lambda-path.normlens.yaml");
    await treeItem(page, "Today").waitFor({ timeout: TRAINING_LIMIT_MS });
    const opened = await webview(page, "[role=tablist]");
    await opened.getByRole("tab", { name: "λ path" }).click();
    const panel = await webview(page, ".path-summary");
    await panel.locator(".path-reason").filter({ hasText: "within one standard error" }).waitFor();
    expect(await figureText(panel)).toMatch(/CV error, ± [\d.]+/);
    expect(await panel.locator(".error-mean").getAttribute("points")).toMatch(/\d+\.\d,\d+\.\d /);
    expect(await panel.locator("polyline.coefficient").count()).toBe(40);
    const kept = panel.locator(".kept-table tbody th");
    expect((await kept.allTextContents()).length).toBe(
      Number((await panel.locator(".path-figure dd").last().textContent()) ?? ""),
    );
  });

  test("moves by one λ with an arrow key, and by the pointer", async () => {
    const { page } = workbench;
    const panel = await webview(page, ".path-summary");
    const handle = panel.locator(".path-handle").first();
    const chosen = await figureText(panel);
    const before = Number(await handle.getAttribute("aria-valuenow"));
    await handle.focus();
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => handle.getAttribute("aria-valuenow")).toBe(String(before - 1));
    expect(await figureText(panel)).not.toBe(chosen);
    const box = await panel.locator(".figure-errors .path-chart").boundingBox();
    if (box === null) throw new TypeError("the errors are not shown");
    await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await expect
      .poll(async () => Number(await handle.getAttribute("aria-valuenow")))
      .toBeLessThan(before - 5);
    await panel.getByRole("radio", { name: "λ 1se" }).click();
    await expect.poll(() => figureText(panel)).toBe(chosen);
  });

  test.each(THEMES)("is readable in %s", async (theme) => {
    const { page } = workbench;
    await setTheme(page, theme);
    const panel = await webview(page, ".path-summary");
    await panel.locator(".error-mean").waitFor();
    // Five features are kept: five colours and the grey of the rest.
    const inks = await panel
      .locator("polyline.coefficient")
      .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).stroke));
    expect(new Set(inks).size).toBe(6);
    await screenshot(page, `lambda-path-${theme.toLowerCase().replaceAll(" ", "-")}`);
  });

  test("stacks its parts in a narrow panel", async () => {
    const { page } = workbench;
    await setTheme(page, "Dark Modern");
    await page.setViewportSize({ width: 860, height: 1400 });
    const panel = await webview(page, ".path-summary");
    await expect
      .poll(() => panel.evaluate(() => document.documentElement.clientWidth))
      .toBeLessThan(620);
    const sideways = await panel
      .locator(".lambda-path")
      .evaluate((view) => view.scrollWidth - view.clientWidth);
    expect(sideways).toBe(0);
    await screenshot(page, "lambda-path-narrow");
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test("writes the λ at the handle to the experiment file, and takes it back", async () => {
    const { page, folder } = workbench;
    const file = path.join(folder, "lambda-path.normlens.yaml");
    const before = readFileSync(file, "utf8");
    const panel = await webview(page, ".path-summary");
    await panel.getByRole("radio", { name: "λ min" }).click();
    await panel.locator(".apply-lambda").click();
    const toast = page.locator(".notification-list-item").filter({ hasText: "now reads" });
    await toast.waitFor();
    await screenshot(page, "lambda-path-applied");
    const after = readFileSync(file, "utf8");
    expect(after).toMatch(/^select: \{ lambda: \[0\.\d+\], rule: one_se \}$/m);
    expect(after.replace(/\[0\.\d+\]/, "{ path: 100 }")).toBe(before);
    await toast.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => readFileSync(file, "utf8")).toBe(before);
  });

  test("does not write it over what the file has become since", async () => {
    const { page, folder } = workbench;
    const file = path.join(folder, "lambda-path.normlens.yaml");
    const changed = readFileSync(file, "utf8").replace("path: 100", "path: 50");
    writeFileSync(file, changed);
    const panel = await webview(page, ".path-summary");
    const refusal = page
      .locator(".notification-list-item")
      .filter({ hasText: "has changed since the run" });
    // The editor may not have seen the new file yet; it says so then.
    await expect
      .poll(async () => {
        await panel.locator(".apply-lambda").click();
        return refusal
          .first()
          .waitFor({ timeout: 4_000 })
          .then(
            () => "refused",
            () => page.locator(".notification-list-item").allTextContents(),
          );
      })
      .toBe("refused");
    expect(readFileSync(file, "utf8")).toBe(changed);
  });

  test("of a run without stored coefficients, as of a network, shows the errors alone", async () => {
    const { page, folder } = workbench;
    const runs = path.join(folder, ".normlens/runs");
    rmSync(path.join(runs, readdirSync(runs)[0] ?? "", "path"), { recursive: true });
    await runCommand(page, "Notifications: Clear All Notifications");
    await runCommand(page, "View: Close All Editors");
    await page.locator(".editor-group-container .tab").first().waitFor({ state: "detached" });
    await treeItem(page, "Five of forty sensors").click();
    const opened = await webview(page, "[role=tablist]");
    await opened.getByRole("tab", { name: "λ path" }).click();
    const panel = await webview(page, ".path-summary");
    await panel.locator(".error-mean").waitFor();
    expect(await panel.locator(".figure-coefficients").isVisible()).toBe(false);
    expect(await panel.locator(".path-pill:visible").textContent()).toMatch(/^λ = 0\.\d+$/);
    await screenshot(page, "lambda-path-without-coefficients");
  });

  test("Run Finer Sweep trains more λ about the handle, and shows them", async () => {
    const { page, folder } = workbench;
    const panel = await webview(page, ".path-summary");
    const [low = 0, high = 0] =
      (await panel.locator(".finer-sweep").getAttribute("title"))
        ?.match(/[\d.e-]+/g)
        ?.map(Number)
        .filter((number) => number > 0) ?? [];
    await panel.locator(".finer-sweep").click();
    const question = page.locator(".monaco-dialog-box").filter({ hasText: "has changed since" });
    await question.getByRole("button", { name: "Run It as It Is Now" }).click();
    const finer = await newestPath(path.join(folder, ".normlens/runs"), 2);
    const lambdas = finer.path.map(({ lambda }) => lambda);
    expect(lambdas).toEqual(lambdas.toSorted((a, b) => b - a));
    // The button names three figures of the ends; beyond them lies the λ of the least error alone.
    expect((lambdas[0] ?? 0) / high).toBeCloseTo(1, 2);
    expect((lambdas[24] ?? 0) / low).toBeCloseTo(1, 2);
    const [first] = readdirSync(path.join(folder, ".normlens/runs")).toSorted();
    const before = recordOf(path.join(folder, ".normlens/runs", first ?? "")).selection;
    const least = before?.path.toSorted((a, b) => a.mean - b.mean)[0]?.lambda ?? 0;
    expect(lambdas.slice(25)).toEqual([least]);
    // On a finer grid the rule takes a λ between the neighbours of the one that it took.
    const at = before?.path.findIndex(({ lambda }) => lambda === before.lambda) ?? 0;
    expect(finer.lambda).toBeGreaterThanOrEqual((before?.lambda ?? 0) * (1 - 1e-5));
    expect(finer.lambda).toBeLessThan(before?.path[at - 1]?.lambda ?? 0);
    // Its panel comes to the front by itself.
    const opened = await webview(page, "#panel-curves:not([hidden])");
    await opened.getByRole("tab", { name: "λ path" }).click();
    await expect.poll(() => pathRows(page)).toBe(26);
    await screenshot(page, "lambda-path-finer");
  });

  test("from the palette it looks about the λ that a run chose", async () => {
    const { page, folder } = workbench;
    const runs = path.join(folder, ".normlens/runs");
    const { lambda } = await newestPath(runs, 2);
    await runCommand(page, "NormLens: Run Finer λ Sweep");
    await pickItem(page, "Five of forty sensors");
    const finest = await newestPath(runs, 3);
    const lambdas = finest.path.map((point) => point.lambda);
    expect((lambdas[0] ?? 0) / lambda).toBeCloseTo(2, 4);
    expect((lambdas[24] ?? 0) / lambda).toBeCloseTo(0.5, 4);
    await expect.poll(() => treeItems(page)).toBe(3);
  });

  test("nothing asked for an address outside this machine", () => {
    expect(workbench.external).toEqual([]);
  });
});
