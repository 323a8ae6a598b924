import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { checkExperiment } from "../../core/experiment/check-experiment.ts";
import { isTrainedAlignment } from "../../core/experiment/own-objective.ts";
import { parseJsonLines } from "../../core/formats/json-lines.ts";
import { decodeSafetensors } from "../../core/formats/safetensors.ts";
import { parseMetricLine } from "../../core/protocol/parse-run-files.ts";
import { ALIGNMENT_METHODS } from "../../trainer/src/alignment-methods.generated.ts";
import { tensorflow } from "../../trainer/src/backends/tensorflow.ts";
import { train } from "../../trainer/src/train.ts";
import { expectWithin } from "../support/expect-within.ts";
import { runExperiment } from "../support/run-experiment.ts";
import { smallWorkspace } from "../support/small-experiment.ts";

const METHODS = {
  mlp: "method: mlp, map_hidden: [6]",
  contrastive: "method: contrastive, map_hidden: [6], dimension: 4, temperature: 0.2",
};
const NAMES = ["mlp", "contrastive"] as const;

const experiment = (model: string, training: string, more = "") => `name: Captions to pictures
data: { source: trio, samples: 80, image_size: 8, noise: 0.05, seed: 4, missing: { text: 0.1 } }
split: { validation: 0.2, test: 0.2, seed: 1 }
model: { type: alignment, from: text, to: image, ${model} }
training: { seed: 1, ${training} }
${more}`;
const SHORT = "backend: cpu, optimizer: adam, learning_rate: 1e-2, batch_size: 16, epochs: 4";

function linesOf(run: string) {
  return parseJsonLines(readFileSync(path.join(run, "metrics.jsonl"))).values.map(({ value }) => {
    const line = parseMetricLine(value);
    if (typeof line === "string") throw new TypeError(line);
    return { step: line.step, values: line.values };
  });
}

const weightsOf = (run: string) =>
  readdirSync(path.join(run, "weights"))
    .filter((name) => name.startsWith("step-"))
    .toSorted();

function lastWeights(run: string): ReadonlyMap<string, readonly number[]> {
  const contents = decodeSafetensors(
    readFileSync(path.join(run, "weights", weightsOf(run).at(-1) ?? "")),
  );
  if (!("tensors" in contents)) throw new TypeError(JSON.stringify(contents));
  return new Map(contents.tensors.map(({ name, data }) => [name, Array.from(data, Number)]));
}

describe("a trained alignment", { timeout: 60_000 }, () => {
  test.each(NAMES)("%s obeys schedule, clipping, logging and snapshots", async (name) => {
    const run = (more: string) =>
      runExperiment({ text: experiment(METHODS[name], `${SHORT}${more}`) });
    const plain = await run("");
    const lines = linesOf(plain.result.run);
    // 48 training rows, some of them without a caption, in batches of 16.
    expect(lines[0]?.step).toBe(0);
    expect(lines[0]?.values["train/loss"]).toBeGreaterThan(plain.metric("train/loss"));
    expect(plain.log).toMatch(/\d+ of 48 training rows have both modalities/);

    const { result, metric } = await run(
      ", log_every: 1, snapshot_every: 2, schedule: { type: exponential, factor: 0.5 }",
    );
    const steps = linesOf(result.run);
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 13 }, (_, step) => step));
    expect(metric("train/learning_rate")).toBeCloseTo(1e-2 / 8, 8);
    expect(weightsOf(result.run)).toHaveLength(3);
    expect(steps.every(({ values, step }) => step === 0 || "train/loss" in values)).toBe(true);
    expect(
      Object.keys(steps.at(-1)?.values ?? {}).filter((key) => key.endsWith("gradient_norm")),
    ).not.toEqual([]);

    const clipped = await run(", gradient_clip: { method: value, limit: 1e-9 }");
    expect(clipped.metric("train/loss")).not.toBe(plain.metric("train/loss"));
  });

  test.each(NAMES)("%s goes on where it was stopped, bit for bit", async (name) => {
    const text = experiment(METHODS[name], `${SHORT}, log_every: 1, checkpoint_every: 1`);
    const { folder, spec } = smallWorkspace(text);
    const cancel = new AbortController();
    const stopped = await train(
      { spec, workspace: folder },
      {
        signal: cancel.signal,
        emit: (event) => {
          if (event.type === "evaluated" && event.epoch === 2) cancel.abort();
        },
      },
    );
    expect(stopped.status).toBe("cancelled");
    const quiet = { signal: new AbortController().signal, emit: () => undefined };
    const resumed = await train({ spec: "", workspace: folder, resume: stopped.run }, quiet);
    const whole = await train({ spec, workspace: folder }, quiet);
    expect([resumed.status, whole.status]).toEqual(["finished", "finished"]);
    expect(lastWeights(resumed.run)).toEqual(lastWeights(whole.run));
    expect(linesOf(resumed.run)).toEqual(linesOf(whole.run));
    expect(existsSync(path.join(resumed.run, "checkpoints"))).toBe(false);
  });

  test("FISTA with an L2 penalty ends in the ridge map", async () => {
    const full =
      "backend: cpu, optimizer: fista, learning_rate: 0.25, epochs: 80, snapshot_every: 80";
    const penalty = "penalty: [{ norm: l2, lambda: 0.2, convention: half }]";
    const steps = await runExperiment({
      text: experiment("method: mlp, map_hidden: []", full, penalty),
    });
    // mean ‖x − Wᵀy‖² + λ/2‖W‖² is ‖X − YW‖² + mλ/2·‖W‖² over m; the columns are centred.
    const m = Number(/(\d+) of 48 training rows/.exec(steps.log)?.[1]);
    const closed = await runExperiment({
      text: experiment(`method: ridge, lambda: ${0.1 * m}`, ""),
    });
    expect(closed.log).toContain(`to ${m} pairs`);
    const [found = [], wanted = []] = [
      lastWeights(steps.result.run).get("map.out.weight"),
      lastWeights(closed.result.run).get("map.weight"),
    ];
    const largest = Math.max(...wanted.map(Math.abs));
    const errors = wanted.map((value, index) => Math.abs(value - (found[index] ?? Number.NaN)));
    expectWithin(Math.max(...errors) / largest, {
      section: "Multimodal",
      quantity: "linear map trained by FISTA, relative to its largest weight",
      formula: "argmin mean ‖x − Wᵀy‖² + λ/2 ‖W‖²",
      reference: "the ridge map in closed form",
      tolerance: 1e-5,
    });
  });

  test("an L1 penalty leaves exact zeros, and a glob says where", async () => {
    const { metric, result } = await runExperiment({
      text: experiment(
        METHODS.contrastive,
        SHORT,
        'penalty: [{ norm: l1, lambda: 0.05, on: "from.*" }]',
      ),
    });
    expect(result.status).toBe("finished");
    expect(metric("weights/from.fc1.weight/zero_fraction")).toBeGreaterThan(0.2);
    expect(metric("weights/to.fc1.weight/zero_fraction")).toBe(0);
    expect(metric("train/loss") - metric("train/data_loss")).toBeCloseTo(
      metric("train/penalty"),
      5,
    );
  });

  test("starts from the weights of another and keeps frozen ones", async () => {
    const first = await runExperiment({ text: experiment(METHODS.mlp, SHORT) });
    const weights = readFileSync(
      path.join(first.result.run, "weights", weightsOf(first.result.run).at(-1) ?? ""),
    );
    const second = await runExperiment({
      text: experiment(
        METHODS.mlp,
        SHORT,
        'transfer: { from: first.safetensors, include: "map.*", freeze: "map.fc1*" }',
      ),
      files: { "first.safetensors": weights },
    });
    const [before, after] = [lastWeights(first.result.run), lastWeights(second.result.run)];
    expect(after.get("map.fc1.weight")).toEqual(before.get("map.fc1.weight"));
    expect(after.get("map.out.weight")).not.toEqual(before.get("map.out.weight"));
  });

  test.skipIf(!tensorflow.detect().available)(
    "is compiled on TensorFlow and gives the losses of cpu",
    async () => {
      const text = experiment(
        METHODS.contrastive,
        `${SHORT}, epochs: 12`.replace("epochs: 4, ", ""),
      );
      const [cpu, compiled] = [
        await runExperiment({ text }),
        await runExperiment({ text }, ["training.backend=tensorflow"]),
      ];
      expect(compiled.log).toContain("compiled to one call");
      const error = Math.abs(compiled.metric("train/loss") / cpu.metric("train/loss") - 1);
      expect(error).toBeLessThan(1e-3);
    },
  );

  test.each([
    [
      "sparsity_curve: { fractions: [0.5] }",
      METHODS.mlp,
      "`sparsity_curve` says nothing to a map between modalities",
    ],
    ["penalty: [{ norm: l1, lambda: 1 }]", "method: ridge, lambda: 1", "`penalty` says nothing"],
    ["", `${METHODS.contrastive}`, "with one sample in a batch"],
  ])("%s of %s is refused", async (more, model, message) => {
    const training = more === "" ? "epochs: 1, batch_size: 1" : "epochs: 1";
    const { result } = await runExperiment({ text: experiment(model, training, more) });
    expect(result.isRefused).toBe(true);
    expect(result.error).toContain(message);
  });

  test("the experiment file and the methods agree on what is trained", () => {
    const trained = ALIGNMENT_METHODS.filter((method) => "network" in method).map(({ id }) => id);
    expect(trained.toSorted()).toEqual(["contrastive", "mlp"]);
    for (const { id } of ALIGNMENT_METHODS) {
      const model = { type: "alignment", method: id };
      expect(isTrainedAlignment(model), id).toBe(trained.includes(id));
    }
  });

  test("squared_distance without a loss beside it is refused", () => {
    const towers = {
      name: "x",
      data: { source: "trio" },
      model: { type: "towers" },
      objective: { loss: "none", alignment: { loss: "squared_distance" } },
      training: { epochs: 1 },
    };
    expect(JSON.stringify(checkExperiment(towers))).toContain("become one point");
  });
});
