import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parseJsonLines } from "../../core/formats/json-lines.ts";
import { decodeSafetensors } from "../../core/formats/safetensors.ts";
import { parseMetricLine, parseRunRecord } from "../../core/protocol/parse-run-files.ts";
import type { TrainerEvent } from "../../core/protocol/trainer.ts";
import { tensorflow } from "../../trainer/src/backends/tensorflow.ts";
import { train } from "../../trainer/src/train.ts";
import { bundled } from "../support/bundled.ts";
import { SMALL_EXPERIMENT, smallWorkspace } from "../support/small-experiment.ts";

const bundle = bundled("trainer/src/main.ts");

/** Everything that has state between steps: momentum of two kinds, masks, dropout of rows, frozen layers. */
const OPERATIONS = `weight_operations:
  - { operation: prune, fraction: 0.5, scope: global, after_epoch: 1, until_epoch: 4, every: 2 }
`;
const SET = [
  "training.epochs=5",
  "training.checkpoint_every=1",
  "training.log_every=1",
  "training.schedule={ type: cosine, warmup: 4 }",
];

/** Kills the trainer, which has no chance to do anything about it, once `step` steps are made. */
async function killAt(step: number, folder: string, spec: string, set: readonly string[]) {
  const request = JSON.stringify({ spec, workspace: folder, set });
  const child = spawn(process.execPath, [bundle(), request], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    for (const line of text.split("\n").slice(0, -1)) {
      const event = JSON.parse(line) as TrainerEvent;
      if (event.type === "progress" && event.step >= step) child.kill("SIGKILL");
    }
  });
  await once(child, "exit");
  expect(child.signalCode).toBe("SIGKILL");
  const runs = path.join(folder, ".normlens/runs");
  return path.join(runs, readdirSync(runs)[0] ?? "");
}

const trained = (folder: string, request: object) =>
  train(
    { spec: "", workspace: folder, ...request },
    { signal: new AbortController().signal, emit: () => undefined },
  );

function weightsOf(folder: string, step: number) {
  const file = path.join(folder, "weights", `step-${String(step).padStart(8, "0")}.safetensors`);
  return readFileSync(file);
}

const recordOf = (folder: string) => {
  const record = parseRunRecord(JSON.parse(readFileSync(path.join(folder, "run.json"), "utf8")));
  if (typeof record === "string") throw new TypeError(record);
  return record;
};

/** What a record says of the training, without when and by which processes it was done. */
const lastingOf = (folder: string) => {
  const {
    id: _,
    pid: __,
    started: ___,
    ended: ____,
    resumed: _____,
    ...lasting
  } = recordOf(folder);
  return lasting;
};

const linesOf = (folder: string) =>
  parseJsonLines(readFileSync(path.join(folder, "metrics.jsonl"))).values.map(({ value }) => {
    const line = parseMetricLine(value);
    if (typeof line === "string") throw new TypeError(line);
    const { step, values } = line;
    return { step, values };
  });

describe("a resumed training", { timeout: 120_000 }, () => {
  test.each([
    ["adam", OPERATIONS],
    ["momentum", ""],
    ["fista", OPERATIONS],
  ])(
    "with %s ends in the weights of one that was never killed, bit for bit",
    async (optimizer, more) => {
      const set = [
        ...SET,
        `training.optimizer=${optimizer}`,
        ...(optimizer === "fista" ? ["training.epochs=8"] : []),
      ];
      const text = `${optimizer === "fista" ? SMALL_EXPERIMENT.replace("batch_size: 16, ", "") : SMALL_EXPERIMENT}${more}`;
      const { folder, spec } = smallWorkspace(text);
      const run = await killAt(5, folder, spec, set);
      expect(recordOf(run).status).toBe("running");
      const resumed = await trained(folder, { resume: run });
      expect(resumed).toMatchObject({ status: "finished", run });

      const whole = smallWorkspace(text);
      const reference = await trained(whole.folder, { spec: whole.spec, set });
      expect(reference.status).toBe("finished");
      const last = recordOf(run).steps_total;
      expect(weightsOf(run, last).equals(weightsOf(reference.run, last))).toBe(true);
      expect(linesOf(run)).toEqual(linesOf(reference.run));
      const [from = -1] = recordOf(run).resumed ?? [];
      expect(from).toBeGreaterThan(0);
      expect(recordOf(run)).toMatchObject({ status: "finished", set });
      expect(existsSync(path.join(run, "checkpoints"))).toBe(false);
    },
  );

  test.skipIf(!tensorflow.detect().available)(
    "compiled by TensorFlow ends in the same bits as well",
    async () => {
      const text = SMALL_EXPERIMENT.replace("backend: wasm", "backend: tensorflow");
      const set = [...SET, "training.epochs=12"];
      const cancel = new AbortController();
      const broken = smallWorkspace(text);
      const first = await train(
        { spec: broken.spec, workspace: broken.folder, set },
        {
          signal: cancel.signal,
          emit: (event) => {
            if (event.type === "evaluated" && event.epoch === 5) cancel.abort();
          },
        },
      );
      expect(first.status).toBe("cancelled");
      const resumed = await trained(broken.folder, { resume: first.run });
      const whole = smallWorkspace(text);
      const reference = await trained(whole.folder, { spec: whole.spec, set });
      expect([resumed.status, reference.status]).toEqual(["finished", "finished"]);
      expect(readFileSync(path.join(reference.run, "log.txt"), "utf8")).toContain(
        "compiled to one",
      );
      expect(weightsOf(first.run, 36).equals(weightsOf(reference.run, 36))).toBe(true);
    },
  );

  test.each([
    [
      "in the middle of an epoch",
      [...SET.slice(0, 2), "training.log_every=100"],
      "Step 5, epoch 2",
      "finished",
    ],
    [
      "after it was told of gradients",
      [
        ...SET.slice(1, 3),
        "training.optimizer=sgd",
        "training.learning_rate=1",
        "training.epochs=8",
      ],
      "fc1.weight, step 9:",
      "finished",
    ],
    [
      "before it fails",
      [...SET.slice(0, 3), "training.optimizer=sgd", "training.learning_rate=30"],
      "Exploding gradient: text.fc1.weight, step 3:",
      "failed",
    ],
    [
      "before its weights leave the finite numbers",
      [
        "training.epochs=5",
        "training.checkpoint_every=6",
        "model={ type: mlp, modality: audio, hidden: [] }",
        "objective={ loss: cross_entropy }",
        "penalty=[]",
        "training.optimizer=adamw",
        // Weights are multiplied by 1 − 10⁵ a step, and the ninth has no numbers left to begin with.
        "training.learning_rate=100",
        "training.weight_decay=1000",
      ],
      "evaluated step 6",
      "failed",
    ],
  ])(
    "that was interrupted %s has the record of one that was not",
    async (_name, set, message, status) => {
      const text = SMALL_EXPERIMENT + (message.startsWith("Step") ? OPERATIONS : "");
      const broken = smallWorkspace(text);
      const cancel = new AbortController();
      const cancelled = await train(
        { spec: broken.spec, workspace: broken.folder, set },
        {
          signal: cancel.signal,
          emit: (event) => {
            const told = event.type === "message" ? event.text : "";
            const text = event.type === "evaluated" ? `evaluated step ${event.step}` : told;
            if (text.includes(message)) cancel.abort();
          },
        },
      );
      expect(cancelled.error).toBeUndefined();
      expect(cancelled.status).toBe("cancelled");
      const resumed = await trained(broken.folder, { resume: cancelled.run });
      const whole = smallWorkspace(text);
      const reference = await trained(whole.folder, { spec: whole.spec, set });
      expect([resumed.status, reference.status]).toEqual([status, status]);
      expect(resumed.final).toEqual(reference.final);
      expect(lastingOf(cancelled.run)).toEqual(lastingOf(reference.run));
      const { error, resumed: from = [] } = recordOf(cancelled.run);
      expect(from[0]).toBeGreaterThan(0);
      expect(error?.last_good_weights === undefined).toBe(status === "finished");
      expect(linesOf(cancelled.run)).toEqual(linesOf(reference.run));
    },
  );

  test("keeps to the weights that it started from, though its own are newer", async () => {
    const { folder, spec } = smallWorkspace();
    const first = await trained(folder, { spec, set: ["training.epochs=1"] });
    const from = `${SMALL_EXPERIMENT}transfer: { from: .normlens/runs }\n`;
    writeFileSync(spec, from);
    const cancel = new AbortController();
    const second = await train(
      { spec, workspace: folder, set: ["training.epochs=4"] },
      {
        signal: cancel.signal,
        emit: (event) => {
          if (event.type === "evaluated" && event.epoch === 2) cancel.abort();
        },
      },
    );
    const { transfer } = recordOf(second.run);
    expect(transfer?.from.startsWith(first.run)).toBe(true);
    const resumed = await trained(folder, { resume: second.run });
    expect(resumed.status).toBe("finished");
    expect(recordOf(second.run).transfer).toEqual(transfer);
    expect(readFileSync(path.join(second.run, "log.txt"), "utf8").split("\n")).not.toContainEqual(
      expect.stringContaining(`from ${second.run}`),
    );
  });

  test("goes on in the middle of an epoch after it was cancelled, without a line twice", async () => {
    const { folder, spec } = smallWorkspace();
    const cancel = new AbortController();
    const set = ["training.log_every=1", "training.epochs=3"];
    const cancelled = await train(
      { spec, workspace: folder, set },
      {
        signal: cancel.signal,
        emit: (event) => {
          if (event.type === "evaluated" && event.epoch === 1) setTimeout(() => cancel.abort(), 20);
        },
      },
    );
    expect(cancelled.status).toBe("cancelled");
    appendFileSync(path.join(cancelled.run, "metrics.jsonl"), '{"step":99,"ep');
    const resumed = await trained(folder, { resume: cancelled.run });
    expect(resumed).toMatchObject({ status: "finished", run: cancelled.run });
    const steps = linesOf(cancelled.run).map(({ step }) => step);
    expect(steps).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(recordOf(cancelled.run).error).toBeUndefined();
  });

  test("takes the checkpoint before the last where that one is torn, and keeps two", async () => {
    const { folder, spec } = smallWorkspace();
    const run = await killAt(7, folder, spec, [...SET, "training.epochs=500"]);
    const names = readdirSync(path.join(run, "checkpoints")).filter(
      (name) => !name.endsWith(".tmp"),
    );
    expect(names.length).toBeLessThanOrEqual(3);
    expect(names.length).toBeGreaterThanOrEqual(2);
    const last = path.join(run, "checkpoints", names.at(-1) ?? "");
    truncateSync(last, 100);
    writeFileSync(path.join(run, "spec.yaml"), SMALL_EXPERIMENT.replace("epochs: 2", "epochs: 4"));
    const record = JSON.parse(readFileSync(path.join(run, "run.json"), "utf8"));
    writeFileSync(path.join(run, "run.json"), JSON.stringify({ ...record, set: [] }));
    const resumed = await trained(folder, { resume: run });
    expect(resumed.error).toBeUndefined();
    expect(recordOf(run).resumed?.[0]).toBe(Number(names.at(-2)?.slice(5, 13)));
  });

  test("begins anew where there was no checkpoint yet", async () => {
    const { folder, spec } = smallWorkspace();
    const first = await trained(folder, { spec });
    const whole = weightsOf(first.run, 6);
    const record = JSON.parse(readFileSync(path.join(first.run, "run.json"), "utf8"));
    writeFileSync(
      path.join(first.run, "run.json"),
      JSON.stringify({ ...record, status: "failed" }),
    );
    const resumed = await trained(folder, { resume: first.run });
    expect(resumed.status).toBe("finished");
    expect(weightsOf(first.run, 6).equals(whole)).toBe(true);
    expect(recordOf(first.run).resumed).toEqual([0]);
    expect(linesOf(first.run).map(({ step }) => step)).toEqual([0, 2, 3, 4, 6]);
  });

  test("is refused where the run has finished, or the folder holds none", async () => {
    const { folder, spec } = smallWorkspace();
    const { run } = await trained(folder, { spec });
    const again = await trained(folder, { resume: run });
    expect(again).toMatchObject({ status: "failed", run: "", isRefused: true });
    expect(again.error).toContain("has finished, there is nothing left to train");
    expect((await trained(folder, { resume: folder })).error).toContain("holds no run");
    const record = JSON.parse(readFileSync(path.join(run, "run.json"), "utf8"));
    writeFileSync(path.join(run, "run.json"), JSON.stringify({ ...record, status: "running" }));
    expect((await trained(folder, { resume: run })).error).toContain("still being trained");
  });
});

describe("a full disk", { timeout: 120_000 }, () => {
  test.skipIf(!existsSync("/dev/full"))(
    "ends the run with what was written before it whole",
    async () => {
      const { folder, spec } = smallWorkspace();
      const run = await killAt(7, folder, spec, SET);
      const before = readdirSync(path.join(run, "checkpoints")).filter(
        (name) => !name.endsWith(".tmp"),
      );
      const checkpoints = before.map((name) => readFileSync(path.join(run, "checkpoints", name)));
      rmSync(path.join(run, "log.txt"));
      symlinkSync("/dev/full", path.join(run, "log.txt"));
      const failed = await trained(folder, { resume: run });
      expect(failed.status).toBe("failed");
      expect(failed.error).toContain("no space is left on the disk");
      expect(recordOf(run)).toMatchObject({ status: "failed" });
      for (const [index, name] of before.entries()) {
        const bytes = readFileSync(path.join(run, "checkpoints", name));
        expect(bytes.equals(checkpoints[index] ?? Buffer.alloc(0))).toBe(true);
        expect(decodeSafetensors(bytes)).toHaveProperty("tensors");
      }
      rmSync(path.join(run, "log.txt"));
      const resumed = await trained(folder, { resume: run });
      expect(resumed.status).toBe("finished");
    },
  );
});
