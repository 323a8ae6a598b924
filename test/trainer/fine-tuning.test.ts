import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseJsonLines } from "../../core/formats/json-lines.ts";
import { decodeSafetensors } from "../../core/formats/safetensors.ts";
import { parseMetricLine, parseRunRecord } from "../../core/protocol/parse-run-files.ts";
import type { TrainerEvent } from "../../core/protocol/trainer.ts";
import { train } from "../../trainer/src/train.ts";
import { SMALL_EXPERIMENT, smallWorkspace } from "../support/small-experiment.ts";

const PLAIN = SMALL_EXPERIMENT.replace(/penalty:\n.*\n.*\n/, "");

async function run(text: string, folderOf = smallWorkspace) {
  const { folder, spec } = folderOf(text);
  const events: TrainerEvent[] = [];
  const result = await train(
    { spec, workspace: folder },
    { signal: new AbortController().signal, emit: (event) => void events.push(event) },
  );
  if (result.run === "") throw new Error(result.error);
  const record = parseRunRecord(
    JSON.parse(readFileSync(path.join(result.run, "run.json"), "utf8")),
  );
  if (typeof record === "string") throw new TypeError(record);
  return { result, events, record, folder: result.run };
}

function weightsAt(folder: string, step: number): ReadonlyMap<string, readonly number[]> {
  const name = `step-${String(step).padStart(8, "0")}.safetensors`;
  const contents = decodeSafetensors(readFileSync(path.join(folder, "weights", name)));
  if (!("tensors" in contents)) throw new TypeError(JSON.stringify(contents));
  return new Map(
    contents.tensors.map(({ name: tensor, data }) => [tensor, Array.from(data, Number)]),
  );
}

const linesOf = (folder: string) =>
  parseJsonLines(readFileSync(path.join(folder, "metrics.jsonl"))).values.map(({ value }) => {
    const line = parseMetricLine(value);
    if (typeof line === "string") throw new TypeError(line);
    return line;
  });

describe("initial training, transfer, fine-tuning", { timeout: 120_000 }, () => {
  test("starts from the earlier weights, keeps frozen layers, thaws others, reports it all", async () => {
    const first = await run(PLAIN);
    const earlier = weightsAt(first.folder, 6);
    const { record, folder } = await run(
      `${PLAIN}transfer:
  from: ${JSON.stringify(first.folder)}
  exclude: "head.*"
  freeze: "image.*"
  unfreeze: [{ on: "image.out.*", epoch: 2 }]
  learning_rates: [{ on: "text.*", factor: 1e-12 }]
`,
    );
    const [start, middle, end] = [0, 3, 6].map((step) => weightsAt(folder, step));
    const names = [...earlier.keys()];
    const isEqual = (name: string, at: typeof start) =>
      JSON.stringify(at?.get(name)) === JSON.stringify(earlier.get(name));
    for (const name of names)
      expect([name, isEqual(name, start)]).toEqual([name, !name.startsWith("head.")]);
    expect(isEqual("image.fc1.weight", end)).toBe(true);
    expect(isEqual("image.out.weight", middle)).toBe(true);
    expect(isEqual("image.out.weight", end)).toBe(false);
    expect(isEqual("shared.out.weight", middle)).toBe(false);
    const drift = (end?.get("text.fc1.weight") ?? []).map((weight, index) =>
      Math.abs(weight - (earlier.get("text.fc1.weight")?.[index] ?? 0)),
    );
    expect(Math.max(...drift)).toBeLessThan(1e-6);

    expect([...(record.transfer?.matched ?? [])].sort()).toEqual(
      names.filter((name) => !name.startsWith("head.")).sort(),
    );
    expect(record.transfer?.missed.map(({ name }) => name)).toEqual(["head.weight", "head.bias"]);
    const log = readFileSync(path.join(folder, "log.txt"), "utf8");
    expect(log).toContain("Not transferred, head.weight: left out");
    expect(log).toContain("Trained from epoch 2 on: image.out.weight, image.out.bias");
  });

  test("stays near the transferred weights under l2_sp", async () => {
    const first = await run(PLAIN);
    const transfer = `transfer: { from: ${JSON.stringify(first.folder)} }\n`;
    const earlier = weightsAt(first.folder, 6);
    const distanceOf = async (penalty: string) => {
      const { folder } = await run(`${PLAIN}${penalty}${transfer}`);
      const now = weightsAt(folder, 6);
      return Math.hypot(
        ...(now.get("shared.fc1.weight") ?? []).map(
          (weight, index) => weight - (earlier.get("shared.fc1.weight")?.[index] ?? 0),
        ),
      );
    };
    const free = await distanceOf("");
    const held = await distanceOf("penalty: [{ norm: l2_sp, lambda: 100 }]\n");
    expect(held).toBeLessThan(free / 2);
  });
});

describe("the sparsity curve", { timeout: 120_000 }, () => {
  test("measures each fraction from the trained weights, fine-tuned with masks that hold", async () => {
    const { record, folder, result } = await run(
      `${PLAIN}sparsity_curve: { fractions: [0, 0.5, 1], fine_tune_epochs: 1, on: "*.fc1.weight" }\n`,
    );
    expect(result.status).toBe("finished");
    const curve = record.sparsity_curve ?? [];
    expect(curve.map(({ fraction }) => fraction)).toEqual([0, 0.5, 1]);
    expect(curve.map(({ zero_fraction }) => zero_fraction)).toEqual([0, 0.5, 1]);
    for (const { values } of curve) {
      expect(values).toHaveProperty(["validation/accuracy"]);
      expect(values).toHaveProperty(["test/loss"]);
    }
    const points = linesOf(folder).filter(({ values }) => "sparsity/fraction" in values);
    expect(points.map(({ values }) => values["sparsity/zero_fraction"])).toEqual([0, 0.5, 1]);
    const steps = linesOf(folder).map(({ step }) => step);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(readdirSync(folder)).not.toContain("checkpoints");
    const last = readdirSync(path.join(folder, "weights"))
      .filter((name) => name.endsWith("s"))
      .sort()
      .at(-1);
    expect([...weightsAt(folder, Number(last?.slice(5, 13)))]).toEqual([...weightsAt(folder, 6)]);
  });

  test("without fine-tuning, removing nothing measures the trained model", async () => {
    const { record } = await run(`${PLAIN}sparsity_curve: { fractions: [0, 0.9] }\n`);
    const [dense] = record.sparsity_curve ?? [];
    expect(dense?.values["validation/loss"]).toBe(record.final["validation/loss"]);
    expect(record.sparsity_curve).toHaveLength(2);
  });
});

describe("weight operations in a training", { timeout: 120_000 }, () => {
  test("hold to the end and are told in the log", async () => {
    const { folder, events } = await run(
      `${PLAIN}weight_operations:
  - { operation: retain, share: 0.5, on: "image.*", after_epoch: 1 }
  - { operation: clip, share: 0.25, on: "shared.*" }
`,
    );
    const [before, after] = [3, 6].map((step) => weightsAt(folder, step));
    const zerosOf = (at: typeof before) =>
      (at?.get("image.fc1.weight") ?? []).map((weight) => weight === 0);
    expect(zerosOf(before)).toContain(true);
    expect(zerosOf(after)).toEqual(zerosOf(before));
    const shared = (after?.get("shared.fc1.weight") ?? []).map(Math.abs);
    const bound = Math.max(...shared);
    expect(shared.filter((weight) => weight === bound).length).toBeGreaterThan(1);
    const texts = events.flatMap((event) => (event.type === "message" ? [event.text] : []));
    expect(texts).toContainEqual(
      expect.stringMatching(/^Step 3, epoch 1: retained weights from 0\.5/),
    );
    expect(texts).toContainEqual(expect.stringMatching(/^Step 6, epoch 2: clipped to 0\.25/));
  });
});

describe("a training without gradients in a layer", { timeout: 120_000 }, () => {
  test("names layer and step in its log, its events and its record", async () => {
    const { events, record, folder } = await run(
      `${PLAIN.replace(/, alignment: {[^}]*}/, "").replace("epochs: 2", "epochs: 6")}weight_operations:
  - { operation: prune, fraction: 1, on: "shared.fc1.*", after_epoch: 0 }
`,
    );
    const text = record.diagnoses?.find((line) => line.includes("image.fc1.weight"));
    expect(text).toMatch(
      /^Vanishing gradient: image\.fc1\.weight, step \d+: its gradient is zero$/,
    );
    expect(events).toContainEqual({ type: "message", level: "warning", text });
    expect(readFileSync(path.join(folder, "log.txt"), "utf8")).toContain(text);
    const last = linesOf(folder).at(-1)?.values;
    expect(last?.["weights/image.fc1.weight/gradient_norm"]).toBe(0);
  });
});

describe("a training that runs out of memory", { timeout: 120_000 }, () => {
  test("fails with all that was written before, and can go on", async () => {
    const { folder, spec } = smallWorkspace(
      PLAIN.replace("log_every: 2", "log_every: 1, checkpoint_every: 1"),
    );
    const failed = await train(
      { spec, workspace: folder },
      {
        signal: new AbortController().signal,
        emit: (event) => {
          if (event.type !== "progress" || event.step < 3) return;
          throw new RangeError("Array buffer allocation failed");
        },
      },
    );
    expect(failed.status).toBe("failed");
    expect(failed.error).toContain("Array buffer allocation failed (step 3, epoch 1)");
    expect(linesOf(failed.run).map(({ step }) => step)).toEqual([0, 1, 2]);
    expect(weightsAt(failed.run, 3).size).toBeGreaterThan(0);
    const resumed = await train(
      { spec: "", workspace: folder, resume: failed.run },
      { signal: new AbortController().signal, emit: () => undefined },
    );
    expect(resumed.status).toBe("finished");
    expect(linesOf(failed.run).map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});

describe("a training that leaves the finite numbers", { timeout: 120_000 }, () => {
  test("names its last good weights, which are finite", async () => {
    const { result, record, folder } = await run(
      PLAIN.replace(
        "optimizer: adam, learning_rate: 5e-3",
        "optimizer: sgd, learning_rate: 100",
      ).replace("epochs: 2", "epochs: 20"),
    );
    expect(result.status).toBe("failed");
    const file = record.error?.last_good_weights ?? "";
    expect(file).toMatch(/^(weights|checkpoints)\/step-\d{8}\.safetensors$/);
    expect(result.error).toContain(`the last good weights are in ${file}`);
    const contents = decodeSafetensors(readFileSync(path.join(folder, file)));
    if (!("tensors" in contents)) throw new TypeError(JSON.stringify(contents));
    for (const { data } of contents.tensors) {
      expect(Array.from(data, Number).every(Number.isFinite)).toBe(true);
    }
  });
});
