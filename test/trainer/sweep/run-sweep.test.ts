import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseRunRecord } from "../../../core/protocol/parse-run-files.ts";
import type { RunRecord } from "../../../core/protocol/run-files.ts";
import type { TrainerEvent } from "../../../core/protocol/trainer.ts";
import { train } from "../../../trainer/src/train.ts";
import { runExperiment } from "../../support/run-experiment.ts";
import { smallWorkspace } from "../../support/small-experiment.ts";

const TRAINING =
  "training: { optimizer: adam, learning_rate: 1e-2, batch_size: 16, epochs: 4, seed: 2, backend: cpu }";
const EXPERIMENT = `name: Small
data: { source: trio, samples: 60, image_size: 8, seed: 3 }
split: { method: holdout, validation: 0.2, test: 0.2, seed: 1 }
model: { type: mlp, modality: audio, hidden: [6], dropout: 0.2 }
objective: { loss: cross_entropy }
penalty: [{ norm: l1, lambda: 1e-4 }]
${TRAINING}
`;
const SWEEP = `sweep:
  vary:
    - { key: penalty.0.lambda, values: [1, 1e-3] }
    - { key: training.learning_rate, values: [1e-4, 3e-2] }
  halving: { eta: 2, min_epochs: 1 }
`;

function recordOf(folder: string): RunRecord {
  const record = parseRunRecord(JSON.parse(readFileSync(path.join(folder, "run.json"), "utf8")));
  if (typeof record === "string") throw new TypeError(record);
  return record;
}

const metricsOf = (folder: string) => readFileSync(path.join(folder, "metrics.jsonl"), "utf8");
const snapshotOf = (folder: string) => {
  const weights = path.join(folder, "weights");
  const last = readdirSync(weights)
    .filter((name) => name.startsWith("step-"))
    .toSorted()
    .at(-1);
  return readFileSync(path.join(weights, last ?? ""));
};

describe("a sweep by successive halving", () => {
  test("goes on with the best of a rung from where they stand, and looks at the test part once", async () => {
    const { result, events } = await runExperiment({ text: EXPERIMENT + SWEEP });
    expect(result).toMatchObject({ status: "finished" });
    const record = recordOf(result.run);
    const sweep = record.sweep;
    expect(sweep?.rungs).toEqual([1, 2, 4]);
    expect(sweep?.trials.map(({ epochs }) => epochs).toSorted()).toEqual([1, 1, 2, 4]);
    expect([record.steps_total, record.status]).toEqual([4 + 2 + 2, "finished"]);

    const beside = (run: string) => path.join(path.dirname(result.run), run);
    const trials = (sweep?.trials ?? []).map((trial) => ({
      ...trial,
      folder: beside(trial.run),
      record: recordOf(beside(trial.run)),
    }));
    for (const trial of trials) {
      expect(trial.record).toMatchObject({
        parent: record.id,
        name: `Small, trial ${trial.number}`,
      });
      expect(trial.record.set).toEqual(trial.set);
      const isBest = trial.number === sweep?.best;
      expect([trial.status, trial.record.status]).toEqual(
        isBest ? ["finished", "finished"] : ["eliminated", "cancelled"],
      );
      expect(metricsOf(trial.folder).includes('"test/loss"')).toBe(isBest);
      if (!isBest) expect(trial.record.stopped_by).toBe(`the sweep, after epoch ${trial.epochs}`);
    }

    // After the first epoch the trials stand as they do in trainings of their own; the rule keeps two.
    const best = trials.find(({ number }) => number === sweep?.best);
    const alone = await runExperiment({ text: EXPERIMENT }, best?.set);
    expect(snapshotOf(best?.folder ?? "")).toEqual(snapshotOf(alone.result.run));
    expect(best?.value).toBe(alone.metric("validation/data_loss"));
    expect(result.final["test/loss"]).toBe(alone.result.final["test/loss"]);
    expect(best?.record.final["test/loss"]).toBe(alone.result.final["test/loss"]);

    const told = events.filter((event) => event.type === "trial");
    expect(told.map(({ epochs }) => epochs)).toEqual([1, 1, 1, 1, 2, 2, 4]);
    const first = told.slice(0, 4).toSorted((a, b) => Number(a.value) - Number(b.value));
    expect(told.slice(4, 6).map(({ number }) => number)).toEqual(
      first
        .slice(0, 2)
        .map(({ number }) => number)
        .toSorted((a, b) => a - b),
    );
    const steps = events.flatMap((event) => (event.type === "progress" ? [event.step] : []));
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(events.filter(({ type }) => type === "started" || type === "finished")).toHaveLength(2);
  });

  test("is the same sweep with the same seed, and a trial that fails is left behind", async () => {
    const text = `${EXPERIMENT}sweep:
  search: random
  trials: 3
  seed: 5
  vary: [{ key: penalty.0.lambda, values: [1e38, 1e-2, 1e-3] }]
  metric: validation/accuracy
  goal: maximize
`;
    const [first, second] = [await runExperiment({ text }), await runExperiment({ text })];
    const trialsOf = ({ result }: typeof first) =>
      recordOf(result.run).sweep?.trials.map(({ run: _, ...trial }) => trial);
    expect(trialsOf(first)).toEqual(trialsOf(second));
    const all = await runExperiment({
      text: text.replace("random", "grid").replace(/ {2}trials.*\n {2}seed.*\n/, ""),
    });
    expect(trialsOf(all)?.map(({ status }) => status)).toEqual(["failed", "finished", "finished"]);
    expect(all.log).toContain("Trial 1 failed: Loss is");
    const values = trialsOf(all)?.map(({ value }) => value);
    expect(values?.[0]).toBe("NaN");
    expect(recordOf(all.result.run).sweep?.best).toBe(
      Number(values?.[2]) > Number(values?.[1]) ? 3 : 2,
    );
  });

  test("keeps what is done when it is cancelled, and a trial can be resumed by itself", async () => {
    const { folder, spec } = smallWorkspace(EXPERIMENT + SWEEP);
    const cancel = new AbortController();
    const emit = (event: TrainerEvent) => {
      if (event.type === "trial" && event.epochs === 2) cancel.abort();
    };
    const result = await train({ spec, workspace: folder }, { signal: cancel.signal, emit });
    expect(result.status).toBe("cancelled");
    const { sweep } = recordOf(result.run);
    expect(sweep?.trials.map(({ epochs }) => epochs).toSorted()).toEqual([1, 1, 1, 2]);
    const trial = sweep?.trials.find(({ epochs }) => epochs === 2);

    const resume = path.join(path.dirname(result.run), trial?.run ?? "");
    const { signal } = new AbortController();
    const resumed = await train(
      { spec: path.join(resume, "spec.yaml"), workspace: folder, resume },
      { signal, emit: () => undefined },
    );
    expect(resumed).toMatchObject({ status: "finished" });
    expect(recordOf(resume).stopped_by).toBeUndefined();
    const alone = await runExperiment({ text: EXPERIMENT }, trial?.set);
    expect(snapshotOf(resume)).toEqual(snapshotOf(alone.result.run));
  });
});

describe("a sweep is refused", () => {
  const vary = (entry: string, rest = "") => `sweep: { vary: [${entry}]${rest} }`;
  const GOOD = "{ key: training.learning_rate, values: [1e-3, 1e-2] }";
  test.each([
    ["no values", vary("{ key: training.momentum }"), "has no values to take"],
    ["two ways", vary("{ key: data.seed, values: [1], low: 1 }"), "or a range, not both"],
    ["no range", vary("{ key: data.seed, low: 2, high: 1 }"), "1 is not above low, 2"],
    ["no logarithm", vary("{ key: data.seed, low: 0, high: 1, scale: log }"), "0 has no logarithm"],
    ["twice", vary(`${GOOD}, ${GOOD}`), "is there already"],
    ["itself", vary("{ key: sweep.seed, values: [1] }"), "cannot differ between trials"],
    ["no rung", vary(GOOD, ", halving: { min_epochs: 4 }"), "there is no rung of 4 below"],
    [
      "epochs of a rung",
      vary("{ key: training.epochs, values: [3, 5] }", ", halving: {}"),
      "all trials have the same epochs",
    ],
    ["the test part", vary(GOOD, ", metric: test/loss"), "not measured on the validation part"],
    [
      "a trial's value",
      vary("{ key: training.batch_size, values: [8, 0] }"),
      "--set training.batch_size=0",
    ],
    ["an unknown key", vary("{ key: training.speed, values: [8] }"), "unknown key `speed`"],
    ["a choice of λ", `${vary(GOOD)}\nselect: { lambda: [1] }`, "by `select` or by `sweep`"],
  ])("%s", async (_name, section, message) => {
    const { result } = await runExperiment({ text: `${EXPERIMENT}${section}\n` });
    expect(result).toMatchObject({ isRefused: true, run: "" });
    expect(result.error).toContain(message);
  });

  test("for a model that is solved, and for a metric that nothing measures", async () => {
    const solved = EXPERIMENT.replace(/model: .*/, "model: { type: softmax }").replace(
      TRAINING,
      "",
    );
    const { result } = await runExperiment({ text: `${solved}${vary(GOOD)}\n` });
    expect(result.error).toContain("the λ of a solved model is chosen by `select`");
    const metric = await runExperiment({
      text: `${EXPERIMENT}${vary(GOOD, ", metric: validation/r2")}\n`,
    });
    expect(metric.result.status).toBe("failed");
    expect(metric.result.error).toContain("No trial has a metric validation/r2");
    expect(metric.result.error).toContain("validation/accuracy");
  });
});
