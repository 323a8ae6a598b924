import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runExperiment } from "../support/run-experiment.ts";

/** 12 patients of 10 visits each; as a feature, `patient` would be refused for not being a number. */
const VISITS = Array.from({ length: 120 }, (_, visit) => ({
  patient: `p${Math.floor(visit / 10)}`,
  a: Math.sin(visit),
  b: Math.cos(3 * visit),
}));
const FILES = {
  "visits.csv": `patient,a,b\n${VISITS.map((row) => `${row.patient},${row.a},${row.b}`).join("\n")}\n`,
};

/** What a run of each procedure that reads tables needs besides its split. */
const PROCEDURES = {
  network: `data: { source: csv, path: visits.csv, task: regression, target: b }
model: { type: mlp, hidden: [2] }
objective: { loss: mse }
training: { epochs: 1 }`,
  linear: `data: { source: csv, path: visits.csv, task: regression, target: b }
model: { type: linear }
objective: { loss: mse }`,
  clustering: `data: { source: csv, path: visits.csv, task: clustering }
model: { type: kmeans, clusters: 2, scaling: none }`,
};

describe.each(Object.entries(PROCEDURES))("loadDataset() for %s", (_name, text) => {
  const run = (split: string) =>
    runExperiment({ text: `name: Visits\n${text}\nsplit: ${split}\n`, files: FILES });

  test("keeps groups whole and apart from the features", async () => {
    // A third of 120 rows are 40, which are 4 patients; 35 rows are 4 patients all the same.
    const { result } = await run("{ group: patient, validation: 0.29, test: 0.29 }");
    expect(result.error).toBeUndefined();
    const record: unknown = JSON.parse(readFileSync(path.join(result.run, "run.json"), "utf8"));
    expect(record).toMatchObject({ samples: { train: 40, validation: 40, test: 40 } });
  });

  test("knows the column of the time order", async () => {
    const { result } = await run("{ order: when }");
    expect(result.error).toContain("`when`");
  });
});
