import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../trainer/src/random.ts";
import { npyOfNumbers } from "../support/npy-of.ts";
import { runExperiment } from "../support/run-experiment.ts";

const ROWS = 120;
const COLUMNS = 4;
/** Every tenth row lacks its picture. */
const LACKING = ROWS / 10;

/** Two views of the same points, and the sign of their first number. */
function viewsOf(isPaired: boolean): Readonly<Record<string, Uint8Array>> {
  const random = createRandom(3, "views");
  const image = Array.from({ length: ROWS * COLUMNS }, () => random.normal());
  const isLacking = (row: number) => row % 10 === 9;
  const partner = (row: number) => (isPaired || row % 3 > 0 ? row : (row + 3) % ROWS);
  const at = (row: number, column: number) => image[row * COLUMNS + column] ?? 0;
  const text = image.map((_, index) => {
    const row = partner(Math.floor(index / COLUMNS));
    const column = index % COLUMNS;
    return at(row, column) + 0.5 * at(row, (column + 1) % COLUMNS);
  });
  const labels = Array.from({ length: ROWS }, (_, row) => (at(row, 0) > 0 ? 1 : 0));
  const shape = [ROWS, COLUMNS];
  return {
    "image.npy": npyOfNumbers(
      image.map((value, index) => (isLacking(Math.floor(index / COLUMNS)) ? Number.NaN : value)),
      shape,
    ),
    "text.npy": npyOfNumbers(text, shape),
    "labels.npy": npyOfNumbers(labels, [ROWS]),
  };
}

/** A run of each procedure that reads pictures, and texts too where it can. */
const PROCEDURES = {
  towers: `model: { type: towers, private: { image: [4], text: [4] }, shared: [4], embedding: 2 }
objective: { loss: cross_entropy }
training: { epochs: 1, backend: cpu }`,
  mlp: `model: { type: mlp, modality: image, hidden: [4] }
objective: { loss: cross_entropy }
training: { epochs: 1, backend: cpu }`,
  linear: `model: { type: logistic }
objective: { loss: logistic }
penalty: [{ norm: l2, lambda: 0.1 }]`,
  clustering: "model: { type: kmeans, modality: image, clusters: 2 }",
  alignment: "model: { type: alignment, method: ridge, from: image, to: text }",
};

function run(procedure: keyof typeof PROCEDURES, policies: string, isPaired = true) {
  const sources = "modalities: { image: image.npy, text: text.npy }, labels: labels.npy";
  const text = `name: Two views
data: { source: pairs, ${sources}, ${policies} }
split: { validation: 0.25, test: 0.25, stratify: false, seed: 2 }
${PROCEDURES[procedure]}
`;
  return runExperiment({ text, files: viewsOf(isPaired) });
}

function samplesOf(folder: string): Readonly<Record<string, number>> {
  const { samples } = JSON.parse(readFileSync(path.join(folder, "run.json"), "utf8"));
  return samples;
}

describe.each(["towers", "mlp", "linear", "clustering", "alignment"] as const)(
  "prepareData() for %s",
  (procedure) => {
    test("measures rows without a modality, and says what becomes of them", async () => {
      const { result, metric, log } = await run(procedure, "missing_policy: mask");
      expect(result.error).toBeUndefined();
      expect(metric("data/missing/image")).toBe(LACKING / ROWS);
      expect(metric("data/scale/image")).toBeGreaterThan(0.5);
      expect(samplesOf(result.run)).toEqual({ train: 60, validation: 30, test: 30 });
      const treatment = {
        linear: "the mean of the training part stands in",
        mlp: "count for nothing",
      };
      expect(log).toContain(`${LACKING} of ${ROWS} rows lack image; `);
      expect(log).toContain(new Map(Object.entries(treatment)).get(procedure) ?? "they ");
    });

    test("leaves them out of all parts, or refuses them, where the file says so", async () => {
      const { result } = await run(procedure, "missing_policy: drop");
      const { train = 0, validation = 0, test: tested = 0 } = samplesOf(result.run);
      expect(train + validation + tested).toBe(ROWS - LACKING);
      const refused = await run(procedure, "missing_policy: refuse");
      expect(refused.result.isRefused).toBe(true);
      expect(refused.result.error).toMatch(
        /^test\.normlens\.yaml:2:\d+: 12 of 120 rows lack image; /,
      );
    });
  },
);

test.each(["towers", "linear", "alignment"] as const)(
  "prepareData() looks for strangers among the rows of %s",
  async (procedure) => {
    const paired = await run(procedure, "mispaired_policy: drop");
    const mixed = await run(procedure, "mispaired_policy: drop", false);
    expect(mixed.metric("data/mispaired/image_text")).toBeGreaterThan(
      paired.metric("data/mispaired/image_text"),
    );
    const { train = 0 } = samplesOf(mixed.result.run);
    expect(train).toBeLessThan(60);
    expect(mixed.log).toContain(`${60 - train} of 60 training rows are left out for it`);
  },
);

test("prepareData() refuses a share for the test where the data have a test part", async () => {
  const file = path.resolve("examples/data/cifar10.normlens.yaml");
  const { result } = await runExperiment({ file }, ["split.test=0.1"]);
  expect(result.isRefused).toBe(true);
  expect(result.error).toBe(
    "--set split.test=0.1: the data have a test part of their own; leave `test` out",
  );
});
