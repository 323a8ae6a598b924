import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeSafetensors, type NamedTensor } from "../../core/formats/safetensors.ts";
import { gaussian } from "../support/gaussian.ts";
import { pickledCall, pickledTensor, pytorchArchive } from "../support/pytorch-archive.ts";
import {
  openFile,
  openWorkbench,
  screenshot,
  setTheme,
  THEMES,
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
