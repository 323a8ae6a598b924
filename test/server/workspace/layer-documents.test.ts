import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { layerDocuments } from "../../../server/src/workspace/layer-documents.ts";

const FILES = 12;
const net = (name: string) =>
  `from torch import nn\nfrom part import Part\nclass ${name}(nn.Module):\n  def __init__(self):\n    self.part = Part()\n`;
const part = (layer: string) =>
  `from torch import nn\nclass Part(nn.Module):\n  def __init__(self):\n    self.${layer} = nn.Linear(1, 2)\n`;

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "normlens-documents-"));
  await writeFile(path.join(folder, "part.py"), part("fc"));
  for (let index = 1; index < FILES; index++) {
    await writeFile(path.join(folder, `net${index}.py`), net(`Net${index}`));
  }
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function reading(isCancelled = vi.fn(() => false)) {
  return { folders: [folder], open: new Map(), isCancelled, onProgress: vi.fn() };
}
const homes = (
  roots: readonly { makers(steps: readonly string[], all: []): readonly unknown[] }[],
  name: string,
) => roots.filter((root) => root.makers(name.split("."), []).length > 0).length;

describe("layerDocuments()", () => {
  test("goes on where a cancelled reading stopped", async () => {
    const documents = layerDocuments();
    let asked = 0;
    const cancelled = await documents.read(reading(vi.fn(() => ++asked > 5)));
    expect(cancelled.roots).toEqual([]);
    const isCancelled = vi.fn(() => false);
    const { roots } = await documents.read(reading(isCancelled));
    expect(homes(roots, "part.fc.weight")).toBe(FILES - 1);
    // Five files were read before; then every file is asked for its models.
    expect(isCancelled).toHaveBeenCalledTimes(FILES - 5 + FILES);
  });

  test("reads a changed file alone, and what imports it anew", async () => {
    const documents = layerDocuments();
    await documents.read(reading());
    const file = path.join(folder, "part.py");
    await writeFile(file, part("other"));
    await utimes(file, 1_900_000_000, 1_900_000_000);
    const isCancelled = vi.fn(() => false);
    const { roots } = await documents.read(reading(isCancelled));
    expect(isCancelled).toHaveBeenCalledTimes(1 + FILES);
    expect(homes(roots, "part.fc.weight")).toBe(0);
    expect(homes(roots, "part.other.weight")).toBe(FILES - 1);
  });

  test("does nothing where nothing has changed", async () => {
    const documents = layerDocuments();
    const { roots } = await documents.read(reading());
    const isCancelled = vi.fn(() => false);
    expect((await documents.read(reading(isCancelled))).roots).toBe(roots);
    expect(isCancelled).not.toHaveBeenCalled();
  });
});
