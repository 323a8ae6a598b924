import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { variable, zeros } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Transfer } from "../../core/experiment/experiment.ts";
import { encodeSafetensors, type NamedTensor } from "../../core/formats/safetensors.ts";
import type { Parameter } from "../../trainer/src/parameters.ts";
import { transferNotes, transferWeights } from "../../trainer/src/transfer.ts";
import { useCpuBackend } from "../support/tensor-values.ts";

const TENSORS: readonly NamedTensor[] = [
  { name: "a.weight", dtype: "F32", shape: [2, 1], data: Float32Array.of(1, 2) },
  { name: "a.bias", dtype: "F64", shape: [1], data: Float64Array.of(0.1) },
  { name: "head.weight", dtype: "F32", shape: [3], data: Float32Array.of(1, 2, 3) },
  { name: "b.weight", dtype: "I32", shape: [1], data: Int32Array.of(7) },
  { name: "other", dtype: "BF16", shape: [1], data: Float32Array.of(1) },
];
const PLAIN = { include: "*", unfreeze: [], learning_rates: [] } as const;

beforeAll(useCpuBackend);

function folderWith(files: Readonly<Record<string, readonly NamedTensor[] | string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "normlens-transfer-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === "string" ? content : encodeSafetensors(content));
  }
  return folder;
}

function parametersOf(): readonly Parameter[] {
  const shapes = {
    "a.weight": [2, 1],
    "a.bias": [1],
    "head.weight": [2],
    "b.weight": [1],
    new: [1],
  };
  return Object.entries(shapes).map(([name, shape]) => ({
    name,
    kind: name.endsWith("bias") ? "bias" : "weight",
    variable: variable(zeros(shape)),
  }));
}

function transferred(transfer: Transfer, folder: string) {
  const parameters = parametersOf();
  const report = transferWeights(transfer, parameters, folder);
  const values = Object.fromEntries(
    parameters.map(({ name, variable: weights }) => [name, [...weights.dataSync()]]),
  );
  return { report, values };
}

describe("transferWeights()", () => {
  test("takes what has the name and the shape, and says why it left the rest", () => {
    const folder = folderWith({ "w.safetensors": TENSORS });
    const { report, values } = transferred({ ...PLAIN, from: "w.safetensors" }, folder);
    expect(values).toEqual({
      "a.weight": [1, 2],
      "a.bias": [Math.fround(0.1)],
      "head.weight": [0, 0],
      "b.weight": [0],
      new: [0],
    });
    expect(report).toEqual({
      from: path.join(folder, "w.safetensors"),
      matched: ["a.weight", "a.bias"],
      missed: [
        { name: "head.weight", reason: "[3] in the file, [2] here" },
        { name: "b.weight", reason: "I32 in the file, not a float type" },
        { name: "new", reason: "not in the file" },
      ],
      unused: ["other"],
    });
    expect(transferNotes(report)).toEqual([
      expect.stringMatching(/^Transferred 2 of 5 parameters from .*: a\.weight, a\.bias$/),
      "Not transferred, head.weight: [3] in the file, [2] here",
      "Not transferred, b.weight: I32 in the file, not a float type",
      "Not transferred, new: not in the file",
      "In the file and not in the model: other",
    ]);
  });

  test("takes the last weights of a run folder, only those asked for", () => {
    const early = [{ ...TENSORS[0], data: Float32Array.of(9, 9) } as NamedTensor];
    const folder = folderWith({
      "run/weights/step-00000002.safetensors": early,
      "run/weights/step-00000010.safetensors": TENSORS,
      "run/weights/layers.jsonl": "",
    });
    const { report, values } = transferred(
      { ...PLAIN, from: "run", include: "a.*", exclude: "*.bias" },
      folder,
    );
    expect(values).toMatchObject({ "a.weight": [1, 2], "a.bias": [0] });
    expect(report.matched).toEqual(["a.weight"]);
    expect(report.missed[0]).toEqual({
      name: "a.bias",
      reason: "left out by `include` or `exclude`",
    });
  });

  test("takes the newest run of a folder of runs", () => {
    const folder = folderWith({
      "runs/20260101-000000-a/weights/step-00000010.safetensors": TENSORS.slice(1, 2),
      "runs/20260102-000000-a/weights/step-00000010.safetensors": TENSORS.slice(0, 1),
      "runs/20260103-000000-b/run.json": "{}",
    });
    const { report } = transferred({ ...PLAIN, from: "runs" }, folder);
    expect(report.from).toContain("20260102");
    expect(report.matched).toEqual(["a.weight"]);
  });

  test.each([
    ["nothing is there", { from: "none" }, "`transfer.from`: there is no none"],
    ["the folder has no weights", { from: "empty" }, "has no weights/step-*.safetensors"],
    ["the file is something else", { from: "text.safetensors" }, "Cannot read"],
    ["nothing fits", { from: "w.safetensors", include: "nothing.*" }, "Nothing in"],
  ])("says what to do where %s", (_name, given, message) => {
    const folder = folderWith({
      "w.safetensors": TENSORS,
      "text.safetensors": "no tensors",
      "empty/run.json": "{}",
    });
    expect(() => transferred({ ...PLAIN, ...given }, folder)).toThrow(message);
  });
});
