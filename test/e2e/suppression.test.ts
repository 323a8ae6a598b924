import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  goToLine,
  openFile,
  openWorkbench,
  quickFix,
  screenshot,
  squiggles,
  visibleText,
  type Workbench,
} from "./workbench.ts";

const EXAMPLES = path.join(import.meta.dirname, "../../examples");
const FAULT = "    w[abs(w) > t] = 0";
const COMMENT = "  # normlens: ignore[NL601]";
const PRUNING = ["def prune(w, t):", FAULT, "    return w", ""].join("\n");

describe("silencing and mending findings", () => {
  let workbench: Workbench;
  const saved = (name: string) => readFileSync(path.join(workbench.folder, name), "utf8");
  beforeAll(async () => {
    workbench = await openWorkbench({
      folder: EXAMPLES,
      prepare: (folder) => {
        for (const name of ["silenced.py", "saved.py"]) {
          writeFileSync(path.join(folder, name), PRUNING);
        }
      },
      settings: { "editor.codeActionsOnSave": { "source.fixAll.normlens": "explicit" } },
    });
  });
  afterAll(() => workbench?.close());

  test("a quick fix writes a comment that silences the finding on its line", async () => {
    const { page } = workbench;
    await openFile(page, "silenced.py");
    await squiggles(page, "error").first().waitFor();
    await goToLine(page, 2, FAULT.indexOf("abs") + 1);
    await quickFix(page, "Ignore NL601 (prune-zeroes-largest) on this line", "suppress-menu");
    await expect.poll(() => visibleText(page)).toContain(FAULT + COMMENT);
    await squiggles(page, "error").first().waitFor({ state: "detached" });
    await screenshot(page, "suppressed");
  });

  test("once the fault is mended, the comment is said to silence nothing and is taken out", async () => {
    const { page } = workbench;
    await goToLine(page, 2, FAULT.indexOf(">") + 1);
    await page.keyboard.press("Delete");
    await page.keyboard.type("<");
    await page.locator(".monaco-editor .squiggly-hint").first().waitFor();
    await goToLine(page, 2, `${FAULT}${COMMENT}`.indexOf("NL601") + 1);
    await quickFix(page, "Remove the comment", "suppression-unused");
    await expect.poll(() => visibleText(page)).toBe(PRUNING.replace(">", "<"));
    await page.locator(".monaco-editor .squiggly-hint").first().waitFor({ state: "detached" });
  });

  test("saving applies every safe fix", async () => {
    const { page } = workbench;
    await openFile(page, "saved.py");
    await squiggles(page, "error").first().waitFor();
    await page.keyboard.press("Control+S");
    await expect.poll(() => saved("saved.py")).toContain("abs(w) < t");
    await squiggles(page, "error").first().waitFor({ state: "detached" });
    expect(await visibleText(page)).toContain("abs(w) < t");
    await screenshot(page, "fixed-on-save");
  });

  test("nothing asked for an address outside this machine", () => {
    expect(workbench.external).toEqual([]);
  });
});
