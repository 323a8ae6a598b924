import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkExperiment } from "../../../core/experiment/check-experiment.ts";
import { problemText } from "../../../core/experiment/experiment-problem.ts";

const CSV = "{ source: csv, path: x.csv, task: regression, target: y }";
const CLASSES = "{ source: csv, path: x.csv, task: classification, target: y }";
const MLP =
  "model: { type: mlp, modality: image }\nobjective: { loss: mse }\ntraining: { epochs: 1 }";
const LASSO =
  "model: { type: linear }\nobjective: { loss: mse }\npenalty: [{ norm: l1 }]\nselect: {}";
const RIDGE = "model: { type: alignment, method: ridge, from: image, to: text }";
const TOWERS =
  "model: { type: towers }\nobjective: { loss: cross_entropy }\ntraining: { epochs: 1 }";
const views = (more = "") => `{ source: pairs, modalities: { image: i.npy, text: t.npy }${more} }`;

function problemsOf(data: string, rest: string): readonly string[] {
  const checked = checkExperiment(parse(`name: x\ndata: ${data}\n${rest}\n`));
  return "problems" in checked
    ? checked.problems.map((problem) => `${problem.path.join(".")}: ${problemText(problem)}`)
    : [];
}

describe("unusedKeys()", () => {
  test.each([
    [CSV, `${MLP}\nsplit: { stratify: true }`, "split.stratify", "the rows have no classes"],
    [views(), `${RIDGE}\nsplit: { stratify: true }`, "split.stratify", "the rows have no classes"],
    [CLASSES, `${MLP}\nsplit: { group: g, stratify: true }`, "split.stratify", "kept whole"],
    [
      CLASSES,
      `${MLP}\nsplit: { order: t, stratify: true }`,
      "split.stratify",
      "in the order of `t`",
    ],
    [CLASSES, `${MLP}\nsplit: { order: t, seed: 1 }`, "split.seed", "in the order of `t`"],
    [CSV, `${MLP}\nsplit: { validation: 0, test: 0, seed: 1 }`, "split.seed", "nothing is drawn"],
    [CSV, `${LASSO}\nsplit: { method: kfold, order: t, shuffle: true }`, "split.shuffle", "order"],
    [
      CSV,
      `${LASSO}\nsplit: { method: kfold, group: g, shuffle: true }`,
      "split.shuffle",
      "kept whole",
    ],
    [
      CSV,
      `${LASSO}\nsplit: { method: kfold, group: g, seed: 1 }`,
      "split.seed",
      "nothing is drawn",
    ],
    [
      CSV,
      `${LASSO}\nsplit: { method: kfold, shuffle: false, seed: 1 }`,
      "split.seed",
      "nothing is",
    ],
    [views(", mispaired_policy: report"), MLP, "data.mispaired_policy", "has no pairs"],
    [
      "{ source: pairs, modalities: { image: i.npy }, mispaired_policy: drop }",
      "model: { type: linear }\nobjective: { loss: mse }",
      "data.mispaired_policy",
      "has no pairs",
    ],
    [
      views(", mispaired_policy: drop"),
      TOWERS.replace("type: towers", "type: towers, private: { text: [4] }"),
      "data.mispaired_policy",
      "has no pairs",
    ],
    [
      CSV,
      MLP.replace("modality: image", "hidden: [], dropout: 0.5"),
      "model.dropout",
      "there are no hidden layers",
    ],
    [
      CLASSES,
      `${MLP.replace("epochs: 1", "epochs: 1, checkpoint_every: 9")}\npenalty: [{ norm: l2 }]\nselect: { lambda: [1] }`,
      "training.checkpoint_every",
      "writes no checkpoints",
    ],
    [
      views(),
      TOWERS.replace(
        "type: towers",
        "type: towers, private: { image: [4], text: [4], audio: [4] }",
      ),
      "model.private.audio",
      "the data have no such modality; they have image, text",
    ],
  ])("%s with %s has no use for %s", (data, rest, path, why) => {
    const problems = problemsOf(data, rest);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${path}: \`${path.split(".").at(-1)}\` says nothing`));
    expect(problems[0]).toContain(why);
  });

  test.each([
    [CLASSES, `${MLP}\nsplit: { stratify: true, seed: 1 }`],
    [CLASSES, `${MLP}\nsplit: { group: g, seed: 1 }`],
    [CSV, `${LASSO}\nsplit: { method: kfold, group: g, test: 0.2, seed: 1 }`],
    [CSV, `${LASSO}\nsplit: { method: kfold, shuffle: true, seed: 1 }`],
    // The rows that are looked at for strangers are drawn, whatever the parts are.
    [views(), `${RIDGE}\nsplit: { validation: 0, test: 0, seed: 1 }`],
    [views(", mispaired_policy: drop"), TOWERS],
    [views(), TOWERS],
  ])("%s with %s says nothing for nothing", (data, rest) => {
    expect(problemsOf(data, rest)).toEqual([]);
  });
});
