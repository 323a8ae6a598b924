import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  goToLine,
  openFile,
  openWorkbench,
  quickFix,
  screenshot,
  visibleText,
  type Workbench,
} from "./workbench.ts";

const EXAMPLES = path.join(import.meta.dirname, "../../examples");
const DECAY = `import torch
from sklearn.linear_model import Ridge

net = torch.nn.Linear(20, 1)
optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.01)

X, y = load_measurements()
model = Ridge(alpha=2.5).fit(X, y)
`;

describe("what a λ means, in the editor", () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openWorkbench({
      folder: EXAMPLES,
      prepare: (folder) => {
        writeFileSync(path.join(folder, "decay.py"), DECAY);
        writeFileSync(path.join(folder, "normlens.toml"), "[assume]\nsteps-per-epoch = 500\n");
      },
      settings: { "normlens.inlayHints.enabled": true },
    });
  });
  afterAll(() => workbench?.close());

  const place = (text: string) => {
    const lines = DECAY.split("\n");
    const index = lines.findIndex((line) => line.includes(text));
    return { line: index + 1, column: (lines[index]?.indexOf(text) ?? 0) + 1 };
  };

  test("an inlay hint tells how fast a weight decay acts", async () => {
    const { page } = workbench;
    await openFile(page, "decay.py");
    await expect.poll(() => visibleText(page)).toContain("τ ≈ 1e5 steps");
    await screenshot(page, "lambda-inlay-hint");
  });

  test("a hover tells objective, half-life and equivalents", async () => {
    const { page } = workbench;
    const { line, column } = place("0.01)");
    await goToLine(page, line, column + 1);
    await page.keyboard.press("Control+K");
    await page.keyboard.press("Control+I");
    const hover = page.locator(".monaco-hover:visible").filter({ hasText: "weight_decay" }).first();
    await hover.waitFor();
    const text = await hover.textContent();
    for (const part of ["lr·weight_decay", "69,300 steps", "139 epochs", "DecoupledAdamW"]) {
      expect(text).toContain(part);
    }
    expect(text).toContain("Assumed: 500 steps an epoch");
    await screenshot(page, "lambda-hover", { x: 352, y: 36, width: 1088, height: 420 });
    await page.keyboard.press("Escape");
  });

  test("a refactoring converts Ridge's alpha to another class's", async () => {
    const { page } = workbench;
    const { line, column } = place("2.5");
    await goToLine(page, line, column + 1);
    await quickFix(page, "Convert λ to `ElasticNet", "lambda-convert");
    await expect
      .poll(() => visibleText(page))
      .toContain("ElasticNet(alpha=2.5 / len(y), l1_ratio=0).fit(X, y)");
    expect(await visibleText(page)).toContain("import Ridge, ElasticNet");
    await screenshot(page, "lambda-converted");
  });

  test("nothing asked for an address outside this machine", () => {
    expect(workbench.external).toEqual([]);
  });
});
