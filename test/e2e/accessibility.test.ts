import path from "node:path";
import axe from "axe-core";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type TrainedRuns, trainRuns } from "./trained-runs.ts";
import {
  openFile,
  openView,
  openWorkbench,
  pickItem,
  runCommand,
  setTheme,
  THEMES,
  treeItem,
  type Workbench,
  webview,
} from "./workbench.ts";

const FOLDER = path.join(import.meta.dirname, "../../examples/configs");
const ALL_THEMES = [...THEMES, "Light High Contrast"] as const;

/** Tabs of a run's panel, each with something that is there when the tab shows its run. */
const TABS = [
  ["Curves", "#panel-curves .figure canvas"],
  ["Weights", ".layer-pane canvas"],
  ["Embeddings", "#panel-embeddings canvas"],
  ["Compare", ".compare .delta-table"],
] as const;

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly string[];
}

/** Everything that axe finds in the page, serious or not. */
async function violations(frame: Frame): Promise<readonly Violation[]> {
  await frame.evaluate(axe.source);
  return frame.evaluate<readonly Violation[]>(
    `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations.map(
      ({ id, impact, nodes }) => ({ id, impact, nodes: nodes.slice(0, 5).map(({ html }) => html) })))`,
  );
}

async function openRun(page: Page, name: string): Promise<void> {
  await runCommand(page, "NormLens: Open Run");
  await pickItem(page, name);
}

async function tab(page: Page, name: string, sign: string): Promise<Frame> {
  const opened = await webview(page, "[role=tablist]");
  await opened.getByRole("tab", { name }).click();
  const frame = await webview(page, sign);
  await frame.locator(sign).first().waitFor();
  return frame;
}

describe("the panel for everybody", () => {
  let runs: TrainedRuns;
  let workbench: Workbench;
  beforeAll(async () => {
    runs = await trainRuns();
    workbench = await openWorkbench({ folder: FOLDER, prepare: runs.copyTo });
    const { page } = workbench;
    await openView(page, "NormLens");
    await treeItem(page, "Weak 1")
      .locator("[role=checkbox], .monaco-custom-toggle")
      .first()
      .click();
  });
  afterAll(async () => {
    await workbench?.close();
    runs?.dispose();
  });

  test("shows a run with another ticked", async () => {
    const { page } = workbench;
    await openRun(page, "Strong 1");
    const panel = await webview(page, ".run-chips .chip");
    await panel.locator(".chip-name").filter({ hasText: "Weak 1" }).waitFor();
  });

  describe.each(ALL_THEMES)("in %s", (theme) => {
    test.each(TABS)("axe finds nothing on %s", async (name, sign) => {
      const { page } = workbench;
      await setTheme(page, theme);
      expect(await violations(await tab(page, name, sign))).toEqual([]);
    });
  });

  test.each(ALL_THEMES)("axe finds nothing on the λ path in %s", async (theme) => {
    const { page } = workbench;
    await setTheme(page, theme);
    if (theme === ALL_THEMES[0]) await openRun(page, "Five of forty");
    expect(await violations(await tab(page, "λ path", ".error-mean"))).toEqual([]);
  });

  test.each(ALL_THEMES)("axe finds nothing on a weight file in %s", async (theme) => {
    const { page } = workbench;
    await setTheme(page, theme);
    if (theme === ALL_THEMES[0]) await openFile(page, "model.safetensors");
    expect(await violations(await webview(page, ".weight-file-page canvas"))).toEqual([]);
  });
});
