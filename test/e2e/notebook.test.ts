import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { layerText, metricText, recordText } from "../support/run-files.ts";
import {
  hoverIn,
  openFile,
  openRelated,
  openView,
  openWorkbench,
  pickItem,
  pointOf,
  problem,
  quickFix,
  replaceWord,
  runCommand,
  screenshot,
  setTheme,
  treeItem,
  type Workbench,
  webview,
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

const BOOK = [
  "class Book(nn.Module):",
  "    def __init__(self):",
  "        super().__init__()",
  "        self.stem = nn.Linear(6, 3)",
  "        self.crown = nn.Linear(3, 2)",
];
const BOOK_LAYERS = ["stem.weight", "stem.bias", "crown.weight", "crown.bias"];

/** A line that begins with `#` and a blank makes its cell a text. */
function notebook(cells: readonly (readonly string[])[]): string {
  return JSON.stringify({
    cells: cells.map((lines, index) => ({
      ...(lines[0]?.startsWith("# ") === true
        ? { cell_type: "markdown" }
        : { cell_type: "code", execution_count: null, outputs: [] }),
      id: `cell-${index}`,
      metadata: {},
      source: lines.join("\n").split(/(?<=\n)/),
    })),
    metadata: { language_info: { name: "python" } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

/** A notebook whose last cell makes a model, and a run that has measured it. */
function writeBook(folder: string): void {
  const cells = [["# A model"], MODEL.slice(0, 2), BOOK];
  writeFileSync(path.join(folder, "book.ipynb"), notebook(cells));
  const run = path.join(folder, ".normlens/runs/book");
  mkdirSync(path.join(run, "weights"), { recursive: true });
  const record = recordText({ id: "book", name: "book", spec: "book.ipynb" });
  writeFileSync(path.join(run, "run.json"), record);
  writeFileSync(path.join(run, "metrics.jsonl"), metricText(400));
  const layers = BOOK_LAYERS.map((layer) => layerText(400, layer, 1)).join("");
  writeFileSync(path.join(run, "weights/layers.jsonl"), layers);
}

describe("findings in a notebook", () => {
  let workbench: Workbench;
  beforeAll(async () => {
    const cells = [MODEL, TRAINING, PRUNING, SPARSIFYING];
    workbench = await openWorkbench({
      folder: EXAMPLES,
      prepare(folder) {
        writeFileSync(path.join(folder, "train.ipynb"), notebook(cells));
        writeBook(folder);
      },
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

  test("F12 on a layer's row opens the cell of a notebook that was closed", async () => {
    const { page } = workbench;
    await openView(page, "NormLens");
    await treeItem(page, "book").dblclick();
    const panel = await webview(page, '.run-name:has-text("book")');
    await panel.locator("#tab-weights").click();
    const row = panel.locator('.layer-row[data-layer="crown.weight"]');
    await row.click();
    await row.press("F12");
    await page.locator(".tab.active").filter({ hasText: "book.ipynb" }).waitFor();
    await page.locator(".statusbar-item").filter({ hasText: "Cell 3 of 3" }).waitFor();
    const selected = cell("Book").locator(".selected-text").first();
    const { y, height } = (await selected.boundingBox()) ?? { y: 0, height: 0 };
    const crown = await pointOf(cell("Book"), "crown");
    expect(Math.abs(y + height / 2 - crown.y)).toBeLessThan(height / 2);
    await screenshot(page, "notebook-layer");
  });

  test("a hover in the cell shows the layer in the last run, and leads to its row", async () => {
    const { page } = workbench;
    const hover = await hoverIn(cell("Book"), "stem", "stem.weight");
    expect(await hover.textContent()).toMatch(/book[\s\S]*2 × 1[\s\S]*50\.0%/);
    await screenshot(page, "notebook-layer-hover");
    await page.keyboard.press("Escape");
    const { x, y } = await pointOf(cell("Book"), "stem");
    await page.mouse.click(x, y);
    await cell("Book").and(page.locator(".focused")).waitFor();
    await runCommand(page, "NormLens: Show Layer in Run");
    await pickItem(page, "stem.bias");
    const panel = await webview(page, '.layer-row[data-layer="stem.bias"]');
    await panel.locator('.layer-row[data-layer="stem.bias"][aria-selected="true"]').waitFor();
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
