import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FindingAtLaunch, RunRecord } from "../../core/protocol/run-files.ts";
import { metricText } from "../support/run-files.ts";
import { writeRun } from "../support/write-run.ts";
import {
  goToLine,
  hoverOn,
  openFile,
  openView,
  openWorkbench,
  pickItem,
  runCommand,
  screenshot,
  treeItem,
  visibleText,
  type Workbench,
  webview,
} from "./workbench.ts";

const FOLDER = path.join(import.meta.dirname, "../../examples/configs");
const NET = `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(64, 32)
        self.head = nn.Linear(32, 10)


net = Net()
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3, weight_decay=0.01)
`;
const LAUNCHED = `name: Digits
data: { source: csv, path: digits.csv, target: y, task: classification }
model:
  type: mlp
  hidden: [32, 16]
penalty: [{ norm: l1, lambda: 1e-4 }]
`;
/** Another λ than the runs were launched with. */
const NOW = LAUNCHED.replace("1e-4", "3e-4");
const FINDING: FindingAtLaunch = {
  code: "NL502",
  name: "adam-l2-is-not-weight-decay",
  path: "net.py",
  line: 13,
  message: "Adam divides the L2 term by the size of past gradients.",
};

function layerLine(layer: string, shape: readonly number[], zeros: number, l2: number): string {
  const count = shape.reduce((product, side) => product * side, 1);
  return `${JSON.stringify({
    step: 400,
    epoch: 20,
    layer,
    shape,
    count,
    zeros,
    non_finite: 0,
    l1: 3 * l2,
    l2,
    max_abs: 1,
    penalty: "1e-4‖w‖₁",
    histogram: { edges: [-1, 0, 1], counts: [count - zeros, 0] },
  })}\n`;
}

function writeFiles(folder: string): void {
  writeFileSync(path.join(folder, "net.py"), NET);
  writeFileSync(path.join(folder, "digits.normlens.yaml"), NOW);
  const write = (id: string, minutes: number, record: Partial<RunRecord>, loss: number) => {
    const own = { id, spec: "digits.normlens.yaml", ...record };
    const run = writeRun(folder, own, { minutesAgo: minutes, spec: LAUNCHED });
    mkdirSync(path.join(run, "weights"));
    const values = {
      "validation/data_loss": loss,
      "weights/fc1.weight/gradient_norm": 0.0625,
      "weights/all/zero_fraction": 0.25,
    };
    writeFileSync(path.join(run, "metrics.jsonl"), metricText(400, values));
    return (text: string) => writeFileSync(path.join(run, "weights/layers.jsonl"), text);
  };
  write("with-2", 300, { findings: [FINDING] }, 0.46);
  write("without-1", 240, { is_checked: true }, 0.38);
  write("unchecked", 200, {}, 9.9);
  write(
    "code",
    180,
    { spec: "net.py" },
    0.5,
  )(layerLine("encoder.weight", [32, 64], 512, 7.5) + layerLine("head.bias", [10], 0, 1.25));
  write(
    "with-1",
    125,
    { findings: [FINDING] },
    0.42,
  )(
    layerLine("fc1.weight", [64, 32], 512, 12.5) +
      layerLine("fc2.weight", [32, 16], 0, 4.5) +
      layerLine("fc3.weight", [16, 10], 0, 2.5),
  );
}

const cursor = (page: Page) => page.locator("#status\\.editor\\.selection");

/** The Weights tab of a run's panel. */
async function openWeights(page: Page, run: string): Promise<Frame> {
  await openView(page, "NormLens");
  await treeItem(page, run).dblclick();
  await page.locator(".tab.active").filter({ hasText: run }).waitFor();
  const panel = await webview(page, `.run-name:has-text("${run}")`);
  await panel.locator("#tab-weights").click();
  return panel;
}

describe("from a layer to its line and back", () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openWorkbench({ folder: FOLDER, prepare: writeFiles });
  });
  afterAll(() => workbench?.close());

  test("the sign in a layer's row opens the line of the experiment file that makes it", async () => {
    const { page } = workbench;
    const panel = await openWeights(page, "with-1");
    const row = panel.locator('.layer-row[data-layer="fc2.weight"]');
    await row.hover();
    await screenshot(page, "layer-go-to-line");
    await row.locator(".go-to-line").click();
    await page.locator(".tab.active").filter({ hasText: "digits.normlens.yaml" }).waitFor();
    // The second of the hidden widths is selected.
    await expect.poll(() => cursor(page).textContent()).toMatch(/Ln 5, Col 18 \(2 selected\)/);
  });

  test("a hover on the line shows the layer in the last run", async () => {
    const { page } = workbench;
    const hover = await hoverOn(page, "hidden", "with-1");
    const text = await hover.textContent();
    expect(text).toContain("2 hours ago");
    expect(text).toContain("fc1.weight");
    expect(text).toContain("64 × 32");
    expect(text).toContain("12.5");
    expect(text).toContain("25.0%");
    expect(text).toContain("0.0625");
    await screenshot(page, "layer-hover");
    await page.keyboard.press("Escape");
  });

  test("Show Layer in Run selects the layer in the panel", async () => {
    const { page } = workbench;
    await goToLine(page, 5);
    await runCommand(page, "NormLens: Show Layer in Run");
    await pickItem(page, "fc2.weight");
    await page.locator(".tab.active").filter({ hasText: "with-1" }).waitFor();
    const panel = await webview(page, '.layer-row[data-layer="fc2.weight"]');
    await panel.locator('.layer-row[data-layer="fc2.weight"][aria-selected="true"]').waitFor();
    await screenshot(page, "layer-shown");
  });

  test("F12 on a row of a run of code opens the line of the code, and a hover shows its numbers", async () => {
    const { page } = workbench;
    const panel = await openWeights(page, "code");
    const row = panel.locator('.layer-row[data-layer="encoder.weight"]');
    await row.click();
    await row.press("F12");
    await page.locator(".tab.active").filter({ hasText: "net.py" }).waitFor();
    await expect.poll(() => cursor(page).textContent()).toContain("Ln 8,");
    const hover = await hoverOn(page, "encoder", "encoder.weight");
    const text = await hover.textContent();
    expect(text).toContain("32 × 64");
    expect(text).toContain("7.5");
    expect(text).toContain("3 hours ago");
    await page.keyboard.press("Escape");
  });

  test("a hover on a finding says how runs with and without it fared", async () => {
    const { page } = workbench;
    const hover = await hoverOn(page, "weight_decay", "with this finding");
    const text = await hover.textContent();
    expect(text).toContain("with this finding: 0.42, 0.46 (n = 2)");
    // The run that was launched without a check counts for neither.
    expect(text).toContain("without it: 0.38 (n = 1)");
    expect(text).toContain("too few runs to tell");
    await screenshot(page, "finding-runs-hover");
    await page.keyboard.press("Escape");
  });

  test("the header lists the findings at launch and leads to their lines", async () => {
    const { page } = workbench;
    const panel = await openWeights(page, "with-1");
    await panel
      .locator('.origin-note[data-note="findings"]')
      .filter({ hasText: "1 finding" })
      .waitFor();
    await screenshot(page, "run-origin");
    await panel.locator('.origin-note[data-note="findings"] button').click();
    await pickItem(page, "NL502");
    await page.locator(".tab.active").filter({ hasText: "net.py" }).waitFor();
    await expect.poll(() => cursor(page).textContent()).toContain("Ln 13,");
  });

  test("the header says that the config has changed, and shows the difference", async () => {
    const { page } = workbench;
    const panel = await openWeights(page, "with-1");
    await panel.locator('.origin-note[data-note="config"] button').click();
    await page.locator(".tab.active").filter({ hasText: "↔ Now" }).waitFor();
    const sides = page.locator(".editor-group-container.active .monaco-diff-editor .view-lines");
    await expect
      .poll(async () => (await sides.allTextContents()).join("\n"))
      .toMatch(/1e-4[\s\S]*3e-4/);
    await screenshot(page, "run-config-diff");
  });

  test("a layer that nothing makes is said to be so", async () => {
    const { page } = workbench;
    await openFile(page, "net.py");
    const before = await visibleText(page);
    writeFileSync(path.join(workbench.folder, "net.py"), before.replace("self.head", "self.tail"));
    await runCommand(page, "NormLens: Go to Layer");
    await pickItem(page, "code");
    await pickItem(page, "head.bias");
    const toast = page.locator(".notifications-toasts").filter({ hasText: "makes head.bias" });
    await toast.waitFor();
    expect(await toast.textContent()).toContain(
      "Nothing in the code of this workspace makes head.bias.",
    );
  });

  test("nothing asked for an address outside this machine", () => {
    expect(workbench.external).toEqual([]);
  });
});
