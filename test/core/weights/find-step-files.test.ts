import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import fs from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findStepFiles } from "../../../core/weights/find-step-files.ts";

let root = "";
const node = { readdir: (folder: string) => fs.readdir(folder), stat: fs.stat, path };
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), "normlens-steps-"));
  const write = (file: string) => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), "");
  };
  for (const step of [500, 1000, 1500]) write(`checkpoint-${step}/trainer_state.json`);
  for (const step of [500, 1500]) write(`checkpoint-${step}/model.safetensors`);
  for (const step of [1, 2]) write(`weights/step-${step}.safetensors`);
  write("alone/model.pt");
});
afterAll(() => rmSync(root, { recursive: true }));

describe("findStepFiles()", () => {
  test("finds files beside a file", async () => {
    const found = await findStepFiles(node, path.join(root, "weights/step-2.safetensors"));
    expect(found).toEqual({
      word: "step",
      files: [1, 2].map((step) => {
        return { step, path: path.join(root, `weights/step-${step}.safetensors`) };
      }),
    });
  });

  test("finds files of the same name in folders beside its own", async () => {
    const found = await findStepFiles(node, path.join(root, "checkpoint-1500/model.safetensors"));
    expect(found).toEqual({
      word: "checkpoint",
      files: [500, 1500].map((step) => {
        return { step, path: path.join(root, `checkpoint-${step}/model.safetensors`) };
      }),
    });
  });

  test("finds none for a file that stands alone", async () => {
    expect(await findStepFiles(node, path.join(root, "alone/model.pt"))).toBeUndefined();
  });
});
