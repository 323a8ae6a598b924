import { describe, expect, test } from "vitest";
import { readExperiment } from "../../../client/src/runs/experiment-as-run.ts";
import type { RunComparison } from "../../../core/protocol/panel/compare.ts";
import type { RunRecord } from "../../../core/protocol/run-files.ts";
import { createComparisonReader } from "../../../core/runs/comparison-reader.ts";
import { type MemoryRunFiles, memoryRunFiles } from "../../support/memory-run-files.ts";
import { layerText, recordText } from "../../support/run-files.ts";

const SPEC = `name: Shapes
data: { source: trio, samples: 600 }
model: { type: mlp, layers: [8] }
objective: { loss: cross_entropy }
penalty: [{ norm: l1, lambda: 1e-4 }]
training: { optimizer: adam, epochs: 4 }
`;
const RUNS = "w/.normlens/runs";

interface Made extends Partial<RunRecord> {
  readonly id: string;
  readonly loss?: number;
  readonly specText?: string;
}

/** A finished run with its experiment file and a final validation loss. */
function addRun(files: MemoryRunFiles, { loss = 1, specText = SPEC, ...record }: Made): string {
  const folder = `${RUNS}/${record.id}`;
  const final = { "validation/data_loss": loss };
  files.write(`${folder}/run.json`, recordText({ name: record.id, final, ...record }));
  files.write(`${folder}/spec.yaml`, specText);
  return folder;
}

function reader(files: MemoryRunFiles, folder: string) {
  const problems: string[] = [];
  const compare = createComparisonReader(
    {
      files,
      isAlive: () => Promise.resolve(false),
      readExperiment,
      report: (problem) => problems.push(problem),
    },
    folder,
  );
  return { problems, compare: (others: readonly string[]) => compare.compare(others) };
}

const differing = (comparison: RunComparison | undefined) =>
  comparison?.settings
    .filter(({ isEqual }) => !isEqual)
    .map(({ path, cells }) => [path, ...cells.map((cell) => cell?.text)]);

describe("createComparisonReader()", () => {
  test("tells the settings that differ, set values and defaults among them", async () => {
    const files = memoryRunFiles();
    const own = addRun(files, { id: "a", set: ["penalty.0.lambda=0.003"], seed: 3 });
    const other = addRun(files, {
      id: "b",
      specText: SPEC.replace("samples: 600", "samples: 600, noise: 0.2"),
      git_commit: "abc",
    });
    const comparison = await reader(files, own).compare([other]);
    expect(differing(comparison)).toEqual([
      ["data.noise", "0.1", "0.2"],
      ["penalty[0].lambda", "3e-3", "1e-4"],
      ["training.seed", "3", "7"],
      ["git commit", undefined, "abc"],
    ]);
    const noise = comparison?.settings.find(({ path }) => path === "data.noise");
    expect(noise?.cells.map((cell) => cell?.isDefault)).toEqual([true, false]);
  });

  test("knows the noise from runs of both experiments that differ in the seed only", async () => {
    const files = memoryRunFiles();
    const strong = ["penalty.0.lambda=0.003"];
    const own = addRun(files, { id: "a1", seed: 1, loss: 0.3, set: strong });
    addRun(files, { id: "a2", seed: 2, loss: 0.32, set: [...strong, "training.seed=2"] });
    const other = addRun(files, { id: "b1", seed: 1, loss: 0.5 });
    addRun(files, { id: "b2", seed: 2, loss: 0.52, set: ["training.seed=2"] });
    addRun(files, { id: "b3", seed: 3, loss: 0.54, specText: SPEC.replace("Shapes", "Other") });
    // None of these is the same experiment, or a result.
    addRun(files, { id: "x1", seed: 4, loss: 9, set: ["training.epochs=5"] });
    addRun(files, { id: "x2", seed: 5, loss: 9, samples: { train: 601 } });
    addRun(files, { id: "x3", seed: 6, loss: 9, backend: "cpu" });
    addRun(files, { id: "x4", seed: 7, loss: 9, status: "failed" });

    const comparison = await reader(files, own).compare([other]);
    expect(comparison?.runs.map(({ seeds }) => seeds)).toEqual([2, 3]);
    const [metric] = comparison?.pairs[0]?.metrics ?? [];
    // s² = (2·0.01² + 2·0.02²) / 3 with 3 degrees of freedom; Δ = −0.2, and a loss is minimized.
    const deviation = Math.sqrt((2 * 0.01 ** 2 + 2 * 0.02 ** 2) / 3);
    expect(metric).toEqual({
      name: "validation/data_loss",
      run: 0.3,
      other: 0.5,
      noise: {
        deviation: expect.closeTo(deviation, 12),
        n: 5,
        units: expect.closeTo(0.2 / (deviation * Math.SQRT2), 10),
        threshold: expect.closeTo(3.182, 3),
        verdict: "better",
      },
    });
  });

  test("gives no verdict where no experiment was run with two seeds", async () => {
    const files = memoryRunFiles();
    const own = addRun(files, { id: "a", loss: 0.3, set: ["penalty.0.lambda=1"] });
    const other = addRun(files, { id: "b", loss: 0.5 });
    const comparison = await reader(files, own).compare([other]);
    expect(comparison?.pairs[0]?.metrics).toEqual([
      { name: "validation/data_loss", run: 0.3, other: 0.5 },
    ]);
    expect(comparison?.runs.map(({ seeds }) => seeds)).toEqual([1, 1]);
  });

  test("takes the baseline among the neighbours where none is ticked", async () => {
    const files = memoryRunFiles();
    const own = addRun(files, { id: "a" });
    addRun(files, { id: "b" });
    const baseline = addRun(files, { id: "c" });
    const { compare } = reader(files, own);
    expect((await compare([]))?.pairs).toEqual([]);
    files.write(`${baseline}/notes.json`, '{"format":1,"baseline":true,"name":"The old way"}');
    expect((await compare([]))?.runs).toMatchObject([
      { key: own, isBaseline: false },
      { key: baseline, isBaseline: true, name: "The old way" },
    ]);
  });

  test("is not compared with itself when it is the baseline", async () => {
    const files = memoryRunFiles();
    const own = addRun(files, { id: "a" });
    files.write(`${own}/notes.json`, '{"format":1,"baseline":true}');
    expect((await reader(files, own).compare([]))?.pairs).toEqual([]);
  });

  test("matches layers of the last steps by name", async () => {
    const files = memoryRunFiles();
    const own = addRun(files, { id: "a" });
    const other = addRun(files, { id: "b" });
    files.write(
      `${own}/weights/layers.jsonl`,
      layerText(10, "fc", 2) +
        layerText(20, "fc", 1) +
        layerText(20, "new") +
        layerText(20, "same"),
    );
    files.write(`${other}/weights/layers.jsonl`, layerText(30, "fc") + layerText(30, "same"));
    const pair = (await reader(files, own).compare([other]))?.pairs[0];
    expect(pair).toMatchObject({ runStep: 20, otherStep: 30 });
    expect(
      pair?.layers.map(({ layer, run, other: old }) => [
        layer,
        run?.zeroFraction,
        old?.zeroFraction,
      ]),
    ).toEqual([
      ["fc", 0.5, 0],
      ["same", 0, 0],
      ["new", 0, undefined],
    ]);
  });

  test.each([
    ["is not there", undefined, "spec.yaml is missing"],
    ["is no YAML", "a: [", /^spec.yaml cannot be read: /],
  ])(
    "compares what the record says where the experiment file %s",
    async (_why, specText, problem) => {
      const files = memoryRunFiles();
      const own = addRun(files, { id: "a" });
      const other = addRun(files, {
        id: "b",
        seed: 9,
        ...(specText === undefined ? {} : { specText }),
      });
      if (specText === undefined) files.remove(`${other}/spec.yaml`);
      const comparison = await reader(files, own).compare([other]);
      expect(comparison?.runs[1]?.problem).toMatch(problem);
      expect(differing(comparison)).toContainEqual(["training.seed", "7", "9"]);
    },
  );

  test("leaves out a run that cannot be read, and says so", async () => {
    const files = memoryRunFiles();
    const own = addRun(files, { id: "a" });
    const { compare, problems } = reader(files, own);
    expect((await compare([`${RUNS}/gone`]))?.pairs).toEqual([]);
    expect(problems).toEqual([`${RUNS}/gone: run.json is missing`]);
  });

  test("sees what a run has become since it was compared", async () => {
    const files = memoryRunFiles();
    const own = addRun(files, { id: "a", loss: 0.3 });
    const other = addRun(files, { id: "b", loss: 0.5 });
    const { compare } = reader(files, own);
    await compare([other]);
    addRun(files, { id: "a", loss: 0.25, set: ["training.epochs=9"] });
    const comparison = await compare([other]);
    expect(comparison?.pairs[0]?.metrics[0]?.run).toBe(0.25);
    expect(differing(comparison)).toContainEqual(["training.epochs", "9", "4"]);
  });
});
