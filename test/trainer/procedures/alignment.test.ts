import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { decodeSafetensors } from "../../../core/formats/safetensors.ts";
import { ALIGNMENT_METHODS } from "../../../trainer/src/alignment-methods.generated.ts";
import { runExperiment } from "../../support/run-experiment.ts";

const experiment = (model: string, data = "", training = "") => `name: Captions to pictures
data: { source: trio, samples: 400, image_size: 8, noise: 0.05, seed: 4${data} }
split: { validation: 0.25, test: 0.25, seed: 1 }
model: { type: alignment, ${model} }
${training}`;
const RIDGE = experiment("method: ridge, from: text, to: image, lambda: 1");
const TRAINED =
  "training: { optimizer: adam, learning_rate: 1e-2, epochs: 8, backend: cpu, seed: 1 }";

function tensors(run: string, folder: string) {
  const [name = ""] = readdirSync(path.join(run, folder)).filter((file) =>
    file.startsWith("step-"),
  );
  const contents = decodeSafetensors(readFileSync(path.join(run, folder, name)));
  if (!("tensors" in contents)) throw new TypeError(JSON.stringify(contents));
  return Object.fromEntries(contents.tensors.map(({ name: tensor, shape }) => [tensor, shape]));
}

describe("alignment runs", () => {
  // Chance is a median rank of 50.5 among 100 partners, and a recall@10 of 0.1.
  test.each([
    ["ridge", "lambda: 1", 12],
    ["cca", "components: 12", 8],
    ["mlp", "map_hidden: [64], scaling: standardize", 25],
    ["contrastive", "map_hidden: [], dimension: 16, temperature: 0.2, scaling: standardize", 25],
    ["sinkhorn", "anchors: 40, rounds: 1, max_rows: 60, epsilon: 0.05", 35],
  ])("%s puts partners of the test part near each other", async (method, settings, most) => {
    const { result, metric } = await runExperiment({
      text: experiment(
        `method: ${method}, from: text, to: image, ${settings}`,
        "",
        ["mlp", "contrastive"].includes(method) ? TRAINED : "training: { seed: 1 }",
      ),
    });
    expect(result).toMatchObject({ status: "finished" });
    expect(metric("test/median_rank/text_to_image")).toBeLessThan(most);
    expect(metric("test/median_rank/image_to_text")).toBeLessThan(most);
    expect(metric("test/pairs/text_image")).toBe(100);
    for (const name of ["mrr/text_to_image", "modality_gap/text_image", "cka/text_image"]) {
      expect(metric(`test/${name}`), name).toBeGreaterThan(0);
    }
  });

  test("writes map, embeddings of both, items and what was done", async () => {
    const { result, log, metric } = await runExperiment({ text: RIDGE });
    expect(tensors(result.run, "weights")).toEqual({ "map.weight": [56, 192] });
    expect(tensors(result.run, "embeddings")).toEqual({ text: [100, 192], image: [100, 192] });
    expect(
      readFileSync(path.join(result.run, "embeddings/items.jsonl"), "utf8").trim().split("\n"),
    ).toHaveLength(100);
    expect(log).toContain("Fitted a ridge map [56, 192] to 200 pairs with λ = 1 (primal form)");
    expect(metric("test/r2")).toBeGreaterThan(0.2);
    expect(metric("weights/map.weight/l2")).toBeGreaterThan(0);
  });

  test("a λ may be an expression over the pairs; 0 with too few rows is named in the log", async () => {
    const text = experiment('method: ridge, from: image, to: text, lambda: "m / 200"');
    expect((await runExperiment({ text })).log).toContain("λ = 1 ");
    const { log } = await runExperiment({
      text: text.replace('"m / 200"', "0").replace("samples: 400", "samples: 60"),
    });
    expect(log).toContain("do not determine a map");
  });

  test("Procrustes needs equal widths", async () => {
    const { result } = await runExperiment({
      text: RIDGE.replace("ridge", "procrustes").replace(", lambda: 1", ""),
    });
    expect(result.status).toBe("failed");
    expect(result.error).toContain("text has 56 numbers a row and image has 192");
  });

  test("the matrix of one run maps another by hand, with the same figures", async () => {
    const { result, metric } = await runExperiment({ text: RIDGE });
    const [name = ""] = readdirSync(path.join(result.run, "weights")).filter((file) =>
      file.startsWith("step-"),
    );
    const given = await runExperiment({
      text: experiment("method: given, from: text, to: image, matrix: map.safetensors"),
      files: { "map.safetensors": readFileSync(path.join(result.run, "weights", name)) },
    });
    expect(given.metric("test/r2")).toBe(metric("test/r2"));
    const wrong = await runExperiment({
      text: experiment("method: given, from: text, to: image, matrix: m.csv"),
      files: { "m.csv": "1 2\n3 4\n" },
    });
    expect(wrong.result.error).toContain(
      "m.csv is [2, 2], but a map of text to image is [56, 192]",
    );
  });

  test.each([
    [
      "gromov_wasserstein",
      "method: gromov_wasserstein, from: text, to: image, max_rows: 40, epsilon: 0.05",
    ],
    ["dtw", "method: dtw, from: audio, to: image, radius: 6, rounds: 1"],
  ])("%s runs and tells how it went", async (_method, model) => {
    const { result, log } = await runExperiment({ text: experiment(model) });
    expect(result.status).toBe("finished");
    expect(log).toMatch(/Coupled 40 of 200 rows a side|Warped 200 of 200 training pairs/);
  });

  test("does what the file says about missing and mis-paired rows, and says so", async () => {
    const data = ", missing: { text: 0.25 }, mispaired: { text: 0.3 }";
    const text = experiment("method: ridge, from: text, to: image", data);
    const masked = await runExperiment({ text });
    expect(masked.metric("data/missing/text")).toBeCloseTo(0.25, 2);
    expect(masked.metric("test/pairs/text_image")).toBeLessThan(90);
    expect(masked.log).toContain("rows lack text; they take part with what they have");
    expect(masked.log).toMatch(
      /text and image: the partners of \S+ % of \d+ training rows rank below chance/,
    );
    const imputed = await runExperiment({ text }, ["data.missing_policy=impute"]);
    expect(imputed.metric("test/pairs/text_image")).toBe(100);
    const dropped = await runExperiment({ text }, [
      "data.missing_policy=drop",
      "data.mispaired_policy=drop",
    ]);
    expect(dropped.log).toMatch(/\d+ of 400 rows are left out of all parts/);
    expect(dropped.log).toMatch(/\d+ of \d+ training rows are left out for it/);
    const refused = await runExperiment({ text }, ["data.missing_policy=refuse"]);
    expect(refused.result).toMatchObject({ isRefused: true });
    expect(refused.result.error).toContain("rows lack text");
  });

  test.each([
    [
      "a modality that is not there",
      "method: ridge, from: smell, to: image",
      "",
      "no modality `smell`",
    ],
    [
      "an objective",
      "method: ridge, from: text, to: image",
      "objective: { loss: cross_entropy }",
      "`objective` says nothing to a map that is found without steps",
    ],
    [
      "a key of another method",
      "method: ridge, from: text, to: image, radius: 3",
      "",
      "does not use this key",
    ],
    ["no epochs to train for", "method: mlp, from: text, to: image", "", "`training` is missing"],
    ["no method", "from: text, to: image", "", "`method` is missing"],
  ])("refuses %s", async (_name, model, rest, message) => {
    const { result } = await runExperiment({ text: experiment(model, "", rest) });
    expect(result.isRefused).toBe(true);
    expect(result.error).toContain(message);
  });

  test("every method of the schema is there", () => {
    expect(ALIGNMENT_METHODS.map(({ id }) => id).toSorted()).toEqual([
      "cca",
      "contrastive",
      "dtw",
      "given",
      "gromov_wasserstein",
      "mlp",
      "procrustes",
      "ridge",
      "sinkhorn",
    ]);
  });
});
