import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inspect } from "../../cli/src/commands/inspect.ts";
import type { InspectReport } from "../../cli/src/inspect/inspect-report.ts";
import { recordedIo } from "../support/command-io.ts";
import { describeWithPyTorch, describeWithPython, runPython } from "./run-python.ts";

type Tensors = InspectReport["tensors"];

/** Relative error of sums in another order; values of narrow types are the same numbers in both. */
const TOLERANCE = 1e-12;

async function report(folder: string, file: string): Promise<InspectReport> {
  const io = recordedIo({ cwd: folder });
  await inspect.run([file, "--json"], io);
  expect(io.written.error).toBe("");
  return JSON.parse(io.written.out);
}

function expectSame(found: Tensors, wanted: Tensors): void {
  const named = new Map(found.map((tensor) => [tensor.name, tensor]));
  expect([...named.keys()].toSorted()).toEqual(wanted.map(({ name }) => name).toSorted());
  for (const { l1, l2, ...exact } of wanted) {
    const tensor = named.get(exact.name);
    expect(tensor).toMatchObject(exact);
    expect(Math.abs((tensor?.l1 ?? 0) - l1)).toBeLessThanOrEqual(TOLERANCE * l1);
    expect(Math.abs((tensor?.l2 ?? 0) - l2)).toBeLessThanOrEqual(TOLERANCE * l2);
  }
}

describeWithPyTorch("weight files that NumPy and PyTorch wrote", () => {
  let folder = "";
  let expected: Readonly<
    Record<"state" | "module" | "arrays" | "checkpoint" | "script" | "parts", Tensors>
  >;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "normlens-weights-"));
    expected = runPython("weight_files.py", { folder }) as typeof expected;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("a checkpoint holds every tensor of every type and order", async () => {
    const { tensors, problems } = await report(folder, "state.pt");
    expect(problems).toEqual([]);
    expectSame(tensors, expected.state);
  });

  test("a checkpoint names the states of its optimizer", async () => {
    const { tensors, problems } = await report(folder, "checkpoint.ckpt");
    expect(problems).toEqual([]);
    expectSame(tensors, expected.checkpoint);
    expect(tensors.map(({ name }) => name)).toContain("optimizer.state.0.exp_avg");
  });

  test("a TorchScript archive holds the tensors of its state_dict()", async () => {
    const { tensors, problems } = await report(folder, "script.pt");
    expectSame(tensors, expected.script);
    expect(problems.join()).not.toContain("tensor");
  });

  test("several parts are read by their index", async () => {
    const { tensors, problems } = await report(folder, "pytorch_model.bin.index.json");
    expect(problems).toEqual([]);
    expectSame(tensors, expected.parts);
  });

  test("a whole module holds the tensors of its state_dict()", async () => {
    const { tensors, problems } = await report(folder, "module.pt");
    expectSame(tensors, expected.module);
    expect(problems[0]).toBe(
      "Left out: a call of `torch.nn.modules.container.Sequential` (at the top)",
    );
  });

  test.each(["plain.npz", "packed.npz"])("%s holds every array", async (file) => {
    const { tensors, problems } = await report(folder, file);
    expect(problems).toEqual([]);
    expectSame(tensors, expected.arrays);
  });

  test("a pickle that calls the system is not obeyed", async () => {
    const { tensors, problems } = await report(folder, "evil.pt");
    expect(tensors).toMatchObject([{ name: "w", l1: 2 }]);
    expect(problems).toEqual([expect.stringMatching(/^Left out: a call of `\w+.system` \(at/)]);
    expect(existsSync(path.join(folder, "called"))).toBe(false);
  });

  test("the form of before PyTorch 1.6 is refused by name", async () => {
    const io = recordedIo({ cwd: folder });
    expect(await inspect.run(["old.pt"], io)).toBe(2);
    expect(io.written.error).toContain("old.pt: it is a bare pickle");
  });
});

const HDF5_FILES = [
  "weights.h5",
  "chunked-earliest.h5",
  "chunked-v108.h5",
  "chunked-v110.h5",
  "chunked-latest.h5",
  "dense-earliest.h5",
  "dense-v108.h5",
  "dense-v110.h5",
  "dense-latest.h5",
  "ordered.h5",
];

describeWithPython("weight files that h5py wrote", () => {
  let folder = "";
  let expected: Readonly<Record<string, Tensors>> = {};
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "normlens-weights-"));
    expected = runPython("hdf5_files.py", { folder }) as typeof expected;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(HDF5_FILES)("%s holds every dataset that h5py finds", async (file) => {
    const { tensors, problems } = await report(folder, file);
    expect(problems).toEqual([]);
    expectSame(tensors, expected[file] ?? []);
  });

  test("are all of those that the script writes", () => {
    expect(Object.keys(expected).toSorted()).toEqual(HDF5_FILES.toSorted());
  });
});
