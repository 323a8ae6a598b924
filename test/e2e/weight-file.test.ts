import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeSafetensors, type NamedTensor } from "../../core/formats/safetensors.ts";
import { gaussian } from "../support/gaussian.ts";
import { pickledCall, pickledTensor, pytorchArchive } from "../support/pytorch-archive.ts";
import {
  openFile,
  openView,
  openWorkbench,
  screenshot,
  setTheme,
  statusBar,
  THEMES,
  treeItem,
  type Workbench,
  webview,
} from "./workbench.ts";

const FOLDER = path.join(import.meta.dirname, "../../examples/configs");

/** Normal weights of deviation 1/√inputs, of which those below `threshold` deviations are zero. */
function tensor(name: string, shape: readonly number[], threshold: number): NamedTensor {
  const count = shape.reduce((product, side) => product * side, 1);
  const scale = 1 / Math.sqrt(shape.at(-1) ?? 1);
  const { data } = gaussian(1, count, count);
  return {
    name,
    dtype: "F32",
    shape,
    data: Float32Array.from(data, (value) => (Math.abs(value) < threshold ? 0 : scale * value)),
  };
}

function writeFiles(folder: string): void {
  const layers = Array.from({ length: 4 }, (_, index) => [
    tensor(`encoder.${index}.attention.weight`, [192, 64], 0.2 * index),
    tensor(`encoder.${index}.mlp.weight`, [256, 64], 0.3 * index),
    tensor(`encoder.${index}.mlp.bias`, [256], 0),
  ]).flat();
  writeFileSync(
    path.join(folder, "model.safetensors"),
    encodeSafetensors([...layers, tensor("head.weight", [10, 64], 0)]),
  );
  const storage = new Uint8Array(Float32Array.of(0, 3, -4, 0).buffer);
  writeFileSync(
    path.join(folder, "checkpoint.pt"),
    pytorchArchive(
      { "fc.weight": pickledTensor("0", [2, 2]), hook: pickledCall("posix", "system", "true") },
      { 0: storage },
    ),
  );
  writeFileSync(path.join(folder, "damaged.npz"), "PK hello");
  // Two steps of one training; the later one has more zeros, and one tensor under a hostile name.
  for (const [step, threshold] of [
    [120, 0.2],
    [240, 0.8],
  ] as const) {
    const layers = [tensor("fc.weight", [64, 32], threshold), tensor("fc.bias", [64], 0)];
    const odd = step === 240 ? [tensor("../<img src=x onerror=alert(1)>", [4], 0)] : [];
    writeFileSync(
      path.join(folder, `step-00000${step}.safetensors`),
      encodeSafetensors([...layers, ...odd]),
    );
  }
}

describe("weight files", () => {
  let workbench: Workbench;
  beforeAll(async () => {
    workbench = await openWorkbench({ folder: FOLDER, prepare: writeFiles });
  });
  afterAll(() => workbench?.close());

  test("open as a table of tensors with the values of the selected one", async () => {
    const { page } = workbench;
    await openFile(page, "model.safetensors");
    const panel = await webview(page, ".weight-file-page");
    await panel.locator(".weights-summary").filter({ hasText: "13 tensors" }).waitFor();
    await panel
      .locator(".run-meta")
      .filter({ hasText: /^safetensors · [\d.]+ kB$/ })
      .waitFor();
    await panel.locator("[data-layer='encoder.3.mlp.weight']").click();
    await panel.locator(".layer-name").filter({ hasText: "encoder.3.mlp.weight" }).waitFor();
    await panel.getByText("256 rows × 64 columns, ‖w‖₂ of rows").waitFor();
    expect(await panel.locator(".figure-values svg rect.bar-below").count()).toBeGreaterThan(5);
    await panel.locator(".figure-spectrum:visible").waitFor();
  });

  test.each(THEMES)("are readable in %s", async (theme) => {
    const { page } = workbench;
    await setTheme(page, theme);
    const panel = await webview(page, ".weight-file-page");
    await panel.locator(".figure-weights canvas").waitFor();
    await screenshot(page, `weight-file-${theme.toLowerCase().replaceAll(" ", "-")}`);
  });

  test("of PyTorch are shown without calling what their pickle calls", async () => {
    const { page } = workbench;
    await setTheme(page, "Dark Modern");
    await openFile(page, "checkpoint.pt");
    const panel = await webview(page, ".weight-file-page");
    await panel.locator("[data-layer='fc.weight']").waitFor();
    await panel.getByText("Left out: a call of `posix.system` (at `hook`)").waitFor();
    await screenshot(page, "weight-file-pytorch");
  });

  test("of one training are scrubbed through", async () => {
    const { page } = workbench;
    await openFile(page, "step-00000240.safetensors");
    const panel = await webview(page, ".weight-file-page");
    await panel.locator(".run-name").filter({ hasText: "step-00000240.safetensors" }).waitFor();
    await panel.getByText("../<img src=x onerror=alert(1)>").first().waitFor();
    await panel.locator(".layer-row[data-layer='fc.weight']").click();
    await panel.locator(".layer-pane .scrubber-text").filter({ hasText: "step 240" }).waitFor();
    const zeros = panel.locator(".layer-row[data-layer='fc.weight'] .zero-text");
    await zeros.filter({ hasText: /^5\d\.\d%$/ }).waitFor();
    await panel.locator(".layer-row[data-layer='fc.weight']").press("[");
    await panel.locator(".run-name").filter({ hasText: "step-00000120.safetensors" }).waitFor();
    await panel.locator(".layer-pane .scrubber-text").filter({ hasText: "step 120" }).waitFor();
    await zeros.filter({ hasText: /^1\d\.\d%$/ }).waitFor();
    await screenshot(page, "weight-file-steps");
  });

  test("are compared with another one from the explorer", async () => {
    const { page } = workbench;
    await openView(page, "Explorer");
    await treeItem(page, "step-00000120.safetensors").click();
    await treeItem(page, "step-00000240.safetensors").click({ modifiers: ["ControlOrMeta"] });
    const item = page.locator(".monaco-menu .action-label").filter({ hasText: "Compare Weights" });
    await treeItem(page, "step-00000240.safetensors").click({ button: "right" });
    await item.waitFor();
    // A menu that has just opened takes no click for a tenth of a second.
    await page.waitForTimeout(300);
    await item.click();
    const panel = await webview(page, ".weight-file-page");
    await panel
      .locator(".run-meta")
      .filter({ hasText: "compared with step-00000120.safetensors" })
      .waitFor();
    const row = panel.locator(".layer-row[data-layer='fc.weight']");
    await row.locator(".col-changed-zeros").filter({ hasText: /^\+\d/ }).waitFor();
    await panel.locator(".layer-row").filter({ hasText: "only here" }).waitFor();
    await row.click();
    await panel.locator(".layer-facts").getByText("‖A−B‖/‖B‖").waitFor();
    await screenshot(page, "weight-file-compared");
  });

  test("are still compared in a reloaded window", async () => {
    const { page } = workbench;
    // The web workbench writes its state every five seconds, and not when a page goes away.
    await page.waitForTimeout(7_000);
    await page.reload();
    await statusBar(page).waitFor({ timeout: 60_000 });
    const panel = await webview(page, ".weight-file-page");
    await panel
      .locator(".run-meta")
      .filter({ hasText: "compared with step-00000120.safetensors" })
      .waitFor();
    const row = panel.locator(".layer-row[data-layer='fc.weight']");
    await row.locator(".col-changed-zeros").filter({ hasText: /^\+\d/ }).waitFor();
  });

  test("that cannot be read say why", async () => {
    const { page } = workbench;
    await openFile(page, "damaged.npz");
    const panel = await webview(page, ".weight-file-page");
    await panel.getByText("it is no ZIP file, or it is truncated: it has no directory").waitFor();
    await screenshot(page, "weight-file-damaged");
  });

  test("nothing asked for an address outside this machine", () => {
    expect(workbench.external).toEqual([]);
  });
});
