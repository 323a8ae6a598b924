import path from "node:path";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import {
  openView,
  openWorkbench,
  screenshot,
  setTheme,
  THEMES,
  type Workbench,
} from "./workbench.ts";

const FOLDER = path.join(import.meta.dirname, "../../examples/configs");
const PICTURE = { x: 0, y: 0, width: 520, height: 360 };

const welcome = (page: Page) => page.locator(".part.sidebar .welcome-view-content:visible");

describe("the view of runs without any", () => {
  let workbench: Workbench | undefined;
  afterEach(async () => {
    await workbench?.close();
    workbench = undefined;
  });

  test.each([
    ["nothing", "Runs are kept in a folder", "Open Folder"],
    ["restricted", "This folder is in Restricted Mode", "Manage Workspace Trust"],
    ["trusted", "No runs in this folder yet", "Start Training…"],
  ] as const)("says of a window with %s what to do, by one button", async (opened, says, does) => {
    workbench = await openWorkbench({ folder: FOLDER, opened });
    const { page } = workbench;
    await openView(page, "NormLens");
    await welcome(page).filter({ hasText: says }).waitFor();
    expect(await welcome(page).locator(".monaco-button").allTextContents()).toEqual([does]);
    for (const theme of opened === "trusted" ? THEMES : (["Dark Modern"] as const)) {
      await setTheme(page, theme);
      const name = `sidebar-welcome-${opened}-${theme.toLowerCase().replaceAll(" ", "-")}`;
      await screenshot(page, name, PICTURE);
    }
    expect(workbench.external).toEqual([]);
  });
});
