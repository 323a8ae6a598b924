import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  openFile,
  openRelated,
  openWorkbench,
  pointOf,
  problem,
  quickFix,
  replaceWord,
  runCommand,
  screenshot,
  setTheme,
  type Workbench,
} from "./workbench.ts";

const EXAMPLES = path.join(import.meta.dirname, "../../examples");
const MODEL = [
  "import torch",
  "from torch import nn",
  "",
  "net = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Dropout(0.5), nn.Linear(32, 2))",
];
const TRAINING = [
  "optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)",
  "criterion = nn.CrossEntropyLoss()",
];
const PRUNING = ["def prune(w, t):", "    w[abs(w) > t] = 0", "    return w"];
const SPARSIFYING = ["def sparsify(v, t):", "    v[abs(v) > t] = 0", "    return v"];

function notebook(cells: readonly (readonly string[])[]): string {
  return JSON.stringify({
    cells: cells.map((lines, index) => ({
      cell_type: "code",
      execution_count: null,
      id: `cell-${index}`,
      metadata: {},
      outputs: [],
      source: lines.join("\n").split(/(?<=\n)/),
    })),
    metadata: { language_info: { name: "python" } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

describe("findings in a notebook", () => {
  let workbench: Workbench;
  beforeAll(async () => {
    const cells = [MODEL, TRAINING, PRUNING, SPARSIFYING];
    workbench = await openWorkbench({
      folder: EXAMPLES,
      prepare: (folder) => writeFileSync(path.join(folder, "train.ipynb"), notebook(cells)),
      settings: { "notebook.codeActionsOnSave": { "source.fixAll.normlens": "explicit" } },
    });
  });
  afterAll(() => workbench?.close());

  const cell = (text: string): Locator =>
    workbench.page
      .locator(".notebook-editor .monaco-list-row.code-cell-row .monaco-editor")
      .filter({ hasText: text });
  const textOf = async (editor: Locator) =>
    ((await editor.locator(".view-lines").textContent()) ?? "").replaceAll("\u00a0", " ");
  const finding = (text: string, severity: "error" | "info") =>
    cell(text).locator(`.squiggly-${severity}`).first();

  test("squiggles appear in the cells", async () => {
    const { page } = workbench;
    await openFile(page, "train.ipynb");
    await finding("prune", "error").waitFor();
    await finding("optimizer", "info").waitFor();
    await screenshot(page, "notebook-dark");
  });

  test("the Problems panel lists them, with what stands in another cell", async () => {
    const { page } = workbench;
    const row = await problem(page, "against overfitting there is only dropout");
    await openRelated(page, row, "dropout");
    await screenshot(page, "notebook-problems");
    await page.locator(".statusbar-item").filter({ hasText: "Cell 1 of 4" }).waitFor();
  });

  test("a change of the first cell changes the finding in the second", async () => {
    const { page } = workbench;
    await replaceWord(page, cell("Sequential"), ["Dropout", "Softplus"]);
    await problem(page, "Nothing keeps `net` from memorising");
    await screenshot(page, "notebook-changed");
  });

  test("a quick fix changes its cell", async () => {
    const { page } = workbench;
    const { x, y } = await pointOf(cell("prune"), "abs");
    await page.mouse.click(x, y);
    await cell("prune").and(page.locator(".focused")).waitFor();
    await quickFix(page, "Flip the comparison", "notebook-fix");
    await expect.poll(() => textOf(cell("prune"))).toContain("w[abs(w) < t] = 0");
    await finding("prune", "error").waitFor({ state: "detached" });
  });

  test("saving applies the safe fixes of every cell", async () => {
    const { page } = workbench;
    // Behind the panel the last cell is not drawn.
    if (await page.locator(".part.panel").isVisible()) {
      await runCommand(page, "View: Hide Panel");
    }
    await finding("sparsify", "error").waitFor();
    await cell("sparsify").click();
    await cell("sparsify").and(page.locator(".focused")).waitFor();
    // A key that comes while the cell is still being made ready is lost.
    const afterSaving = async () => {
      await page.keyboard.press("Control+S");
      return textOf(cell("sparsify"));
    };
    await expect.poll(afterSaving, { interval: 2_000 }).toContain("v[abs(v) < t] = 0");
    await finding("sparsify", "error").waitFor({ state: "detached" });
    const saved = () => readFileSync(path.join(workbench.folder, "train.ipynb"), "utf8");
    await expect.poll(saved).toContain("v[abs(v) < t] = 0");
    expect(saved()).toContain("w[abs(w) < t] = 0");
    await screenshot(page, "notebook-fixed-on-save");
  });

  test("it can be read in a light theme", async () => {
    const { page } = workbench;
    await setTheme(page, "Light Modern");
    await screenshot(page, "notebook-light");
  });

  test("nothing asked for an address outside this machine", () => {
    expect(workbench.external).toEqual([]);
  });
});
