import path from "node:path";
import type { Frame } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

  test("nothing asked for an address outside this machine", () => {
    expect(workbench.external).toEqual([]);
  });
});
