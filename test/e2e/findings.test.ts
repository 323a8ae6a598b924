import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  goToLine,
  hoverOn,
  openFile,
  openWorkbench,
  quickFix,
  runCommand,
  screenshot,
  squiggles,
  visibleText,
  type Workbench,
} from "./workbench.ts";

const EXAMPLES = path.join(import.meta.dirname, "../../examples");
/** What the first fault of the file is offered: the bound that its condition compares with. */
const FIX = "Set them to";
const PRUNING = "python/threshold_weights.py";

/** Line of the first occurrence of `text` in an example, counted from 1. */
function lineOf(file: string, text: string): number {
  const lines = readFileSync(path.join(EXAMPLES, file), "utf8").split("\n");
  const index = lines.findIndex((line) => line.includes(text));
  expect(index, `${file} holds ${text}`).toBeGreaterThanOrEqual(0);
  return index + 1;
}

describe("findings in the editor", () => {
  let workbench: Workbench;
  beforeAll(async () => {
    const prepare = (folder: string) =>
      writeFileSync(path.join(folder, "normlens.toml"), '[severity]\nNL904 = "warning"\n');
    workbench = await openWorkbench({ folder: EXAMPLES, prepare });
  });
  afterAll(() => workbench?.close());

  test("squiggles appear in model code", async () => {
    const { page } = workbench;
    await openFile(page, PRUNING);
    await squiggles(page, "error").first().waitFor();
    await screenshot(page, "findings-python");
  });

  test("a hover explains the finding", async () => {
    const { page } = workbench;
    await goToLine(page, lineOf(PRUNING, "def prune_weights") + 1);
    await page.keyboard.press("F8");
    await page.locator(".peekview-widget, .marker-widget").first().waitFor();
    await screenshot(page, "finding-peek");
    await page.keyboard.press("Escape");
    const hover = await hoverOn(page, "sign", "Why it matters");
    expect(await hover.textContent()).toContain("NL602");
    await screenshot(page, "finding-hover");
    await page.keyboard.press("Escape");
  });

  test.each([
    ["code of a finding", "normlens"],
    ["hover", "clip-threshold-inconsistent"],
  ])("the rule's page opens inside the editor from the %s", async (_name, place) => {
    const { page } = workbench;
    const hover = await hoverOn(page, "sign", "Why it matters");
    const line = hover.locator(".hover-row, p").filter({ hasText: place }).last();
    await line.locator("a").first().click();
    const tab = page.locator(".tab.active").filter({ hasText: "NL602-" });
    await tab.waitFor();
    await expect.poll(() => visibleText(page)).toContain("NL602 clip-threshold-inconsistent");
    await screenshot(page, "rule-page");
    await runCommand(page, "View: Close Editor");
    await tab.waitFor({ state: "detached" });
  });

  test("a quick fix changes the text and takes the squiggle away", async () => {
    const { page } = workbench;
    const errors = () => squiggles(page, "error").count();
    // The editor has just come back, and draws its squiggles when it has asked for them.
    await expect.poll(errors).toBeGreaterThan(1);
    const before = await errors();
    const original = await visibleText(page);
    await goToLine(page, lineOf(PRUNING, "threshold * np.sign"), 40);
    await quickFix(page, FIX, "finding-fix");
    await expect.poll(errors).toBeLessThan(before);
    expect(await visibleText(page)).not.toBe(original);
    await screenshot(page, "finding-fixed");
  });

  test("the status item names the settings file that rules the document", async () => {
    const { page } = workbench;
    await page.locator("#status\\.languageStatus").hover();
    await page.locator(".monaco-hover:visible").filter({ hasText: "normlens.toml" }).waitFor();
    await screenshot(page, "settings-status");
    await page.keyboard.press("Escape");
  });

  test("squiggles appear in configuration files", async () => {
    const { page } = workbench;
    await runCommand(page, "View: Revert and Close Editor");
    await openFile(page, "finetune.yaml");
    await page.locator(".monaco-editor [class*=squiggly-]").first().waitFor();
    await screenshot(page, "findings-config");
  });

  test("Check Workspace counts the findings of all files", async () => {
    const { page } = workbench;
    await runCommand(page, "NormLens: Check Workspace");
    const toast = page.locator(".notifications-toasts").filter({ hasText: /files? checked/ });
    await toast.waitFor();
    expect(await toast.textContent()).toMatch(/\d+ files checked: \d+ errors?/);
  });

  test("nothing asked for an address outside this machine", () => {
    expect(workbench.external).toEqual([]);
  });
});
