import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runExperiment } from "../../support/run-experiment.ts";

const FOLDER = path.join(import.meta.dirname, "../../../examples/data");

/** A source, a metric of the test part, and what it has to be better than: chance, or the mean. */
const EXAMPLES = [
  ["csv", "test/r2", 0.7],
  ["parquet", "test/accuracy", 0.8],
  ["arrays", "test/accuracy", 0.9],
  ["pairs", "test/accuracy", 0.8],
  ["cifar10", "test/accuracy", 0.5],
  ["imdb", "test/accuracy", 0.8],
  ["captioned-images", "test/accuracy", 0.8],
] as const;

describe("the examples of data from files", () => {
  test.each(EXAMPLES)(
    "%s trains, and its %s is above %f",
    async (name, metric, least) => {
      const file = path.join(FOLDER, `${name}.normlens.yaml`);
      const run = await runExperiment({ file }, ["training.backend=wasm"]);
      expect(run.result.error).toBeUndefined();
      expect(run.metric(metric)).toBeGreaterThan(least);
    },
    60_000,
  );

  test("log what the data lack, and scales that do not match", async () => {
    const told = async (name: string) => {
      const set = ["training.backend=cpu", "training.epochs=1", "data.standardize=false"];
      const { log } = await runExperiment(
        { file: path.join(FOLDER, `${name}.normlens.yaml`) },
        set,
      );
      return log;
    };
    expect(await told("csv")).toContain(
      "Missing values are filled with the training part's median: age 5",
    );
    const pairs = await told("pairs");
    expect(pairs).toContain("6 of 300 rows have no text");
    expect(pairs).toMatch(/The scales differ by a factor of \d+/);
  });

  test.each(["pairs", "captioned-images"])(
    "%s train without classes, by an alignment alone",
    async (name) => {
      const file = path.join(FOLDER, `${name}.normlens.yaml`);
      const text = readFileSync(file, "utf8");
      const absolute = text
        .replace(/^ {2}labels: .*\n/m, "")
        .replace("stratify: true, ", "")
        .replace("loss: cross_entropy", "loss: none")
        .replaceAll(/: (image-embeddings|captioned\/)/g, `: ${FOLDER}/$1`)
        .replace("path: text-embeddings", `path: ${FOLDER}/text-embeddings`);
      const run = await runExperiment({ text: absolute }, ["training.backend=wasm"]);
      expect(run.result.error).toBeUndefined();
      // Of 60 or 12 test rows a guess finds its partner among the first five by chance in 8 or 42 %.
      expect(run.metric("test/recall@5/image_to_text")).toBeGreaterThan(0.5);
      expect(run.result.final).not.toHaveProperty("test/accuracy");
      if (name === "pairs") {
        const refused = await runExperiment({ text: absolute.replace("loss: none", "loss: mse") });
        expect(refused.result.error).toMatch(
          /the rows have neither; name them in `data`, or take `none`/,
        );
      }
    },
    60_000,
  );
});
