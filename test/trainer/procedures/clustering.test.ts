import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runExperiment } from "../../support/run-experiment.ts";

const TEXT = `name: Captions in groups
data: { source: trio, samples: 600, image_size: 8, missing: { text: 0.1 } }
model: { type: kmeans, modality: text, clusters: 6, scaling: center, starts: 3 }
`;

describe("k-means runs", () => {
  test("group what belongs together, and write centres, embeddings and figures", async () => {
    const { result, metric, log } = await runExperiment({ text: TEXT });
    expect(result).toMatchObject({ status: "finished" });
    for (const part of ["train", "validation", "test"]) {
      expect(metric(`${part}/inertia`)).toBeGreaterThan(0);
      expect(metric(`${part}/loss`)).toBeLessThan(
        metric("data/scale/text") ** 2 * 56 || Number.POSITIVE_INFINITY,
      );
    }
    expect(metric("train/adjusted_rand")).toBeGreaterThan(-0.01);
    expect(metric("data/missing/text")).toBeCloseTo(0.1, 2);
    expect(log).toContain("rows lack text");
    for (const folder of ["weights", "embeddings"]) {
      expect(readdirSync(path.join(result.run, folder)).join()).toContain(
        "step-00000003.safetensors",
      );
    }
  });

  test("a better start counts, equal seeds give equal runs", async () => {
    const one = await runExperiment({ text: TEXT }, ["model.starts=1"]);
    const more = await runExperiment({ text: TEXT }, ["model.starts=6"]);
    expect(more.metric("train/inertia")).toBeLessThanOrEqual(one.metric("train/inertia"));
    const again = await runExperiment({ text: TEXT }, ["model.starts=6"]);
    expect(again.metric("test/inertia")).toBe(more.metric("test/inertia"));
  });

  test.each([
    ["a table without labels", "data: { source: csv, path: points.csv, task: clustering }"],
  ])("groups %s", async (_name, data) => {
    const rows = Array.from(
      { length: 60 },
      (_, row) => `${10 * (row % 3) + 0.01 * row},${row % 7}`,
    );
    const { result, metric } = await runExperiment({
      text: `name: Points\n${data}\nmodel: { type: kmeans, clusters: 3, scaling: none }\n`,
      files: { "points.csv": `a,b\n${rows.join("\n")}\n` },
    });
    expect(result.error).toBeUndefined();
    expect(metric("train/empty_clusters")).toBe(0);
    expect(metric("train/loss")).toBeLessThan(6);
  });

  test.each([
    ["more clusters than rows", ["model.clusters=5000"], "5000 clusters of"],
    ["no modality of several", ["model={ type: kmeans, clusters: 3 }"], "`modality` is missing"],
    ["a modality that is not there", ["model.modality=smell"], "no modality `smell`"],
    ["an objective", ["objective={ loss: cross_entropy }"], "`objective` says nothing to k-means"],
  ])("refuses %s", async (_name, set, message) => {
    const { result } = await runExperiment({ text: TEXT }, set);
    expect(result.isRefused).toBe(true);
    expect(result.error).toContain(message);
  });

  test("takes a seed for its starts, and no epochs", async () => {
    const seeded = await runExperiment({ text: `${TEXT}training: { seed: 3 }\n` }, [
      "model.starts=1",
    ]);
    const other = await runExperiment({ text: `${TEXT}training: { seed: 4 }\n` }, [
      "model.starts=1",
    ]);
    expect(seeded.result.status).toBe("finished");
    expect(seeded.metric("train/inertia")).not.toBe(other.metric("train/inertia"));
    const { result } = await runExperiment({ text: `${TEXT}training: { epochs: 3 }\n` });
    expect(result.error).toBe(
      "test.normlens.yaml:4:13: `epochs` says nothing to k-means; leave it out",
    );
  });
});
