import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parseJsonLines } from "../../core/formats/json-lines.ts";
import { decodeSafetensors } from "../../core/formats/safetensors.ts";
import { parseMetricLine, parseRunRecord } from "../../core/protocol/parse-run-files.ts";
import { bundled } from "../support/bundled.ts";
import { smallWorkspace } from "../support/small-experiment.ts";

const bundle = bundled("trainer/src/main.ts");

const LONG = ["training.epochs=100000", "training.log_every=1"];

function request(set: readonly string[]): string {
  const { folder, spec } = smallWorkspace();
  return JSON.stringify({ spec, workspace: folder, set });
}

/** Starts the trainer; it is gone when the test is over. */
function start(argument: string, hasChannel: boolean): ChildProcess {
  const file = bundle();
  const child = hasChannel
    ? fork(file, [argument], { stdio: ["ignore", "pipe", "pipe", "ipc"] })
    : spawn(process.execPath, [file, argument], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}

/** Resolves with the first event of the type that the trainer prints or sends. */
function eventOf(child: ChildProcess, type: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const see = (event: unknown) => {
      if (isRecord(event) && event["type"] === type) resolve(event);
    };
    let text = "";
    child.on("message", see);
    child.stdout?.on("data", (chunk: Buffer) => {
      const lines = (text + chunk.toString()).split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) see(JSON.parse(line));
    });
    child.on("exit", () => {
      reject(new Error(`The trainer ended without the event ${type}`));
    });
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

async function exitOf(child: ChildProcess) {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return { code: child.exitCode, signal: child.signalCode };
}

function recordOf(folder: unknown) {
  return parseRunRecord(JSON.parse(readFileSync(path.join(String(folder), "run.json"), "utf8")));
}

describe("the trainer process", () => {
  test("sends its events over the channel, and exits 0 when it has finished", async () => {
    const child = start(request([]), true);
    const finished = await eventOf(child, "finished");
    expect(finished).toMatchObject({ status: "finished" });
    expect(await exitOf(child)).toEqual({ code: 0, signal: null });
    const record = recordOf(finished["run"]);
    if (typeof record === "string") throw new TypeError(record);
    expect(record).toMatchObject({
      status: "finished",
      reached: { step: record.steps_total, epoch: record.epochs_total },
    });
  });

  test.each([
    ["the cancel message", true, (child: ChildProcess) => void child.send({ type: "cancel" })],
    ["the end of its launcher", true, (child: ChildProcess) => child.disconnect()],
    ["SIGINT", false, (child: ChildProcess) => void child.kill("SIGINT")],
    ["SIGTERM", false, (child: ChildProcess) => void child.kill("SIGTERM")],
  ])("ends as cancelled at %s", async (_name, hasChannel, cancel) => {
    const child = start(request(LONG), hasChannel);
    const { run } = await eventOf(child, "started");
    await eventOf(child, "progress");
    cancel(child);
    expect(await exitOf(child)).toEqual({ code: 1, signal: null });
    expect(recordOf(run)).toMatchObject({ status: "cancelled" });
  });

  test.each([
    ["a refused file", () => request(["training.epochs=0"]), "--set training.epochs=0"],
    ["no request", () => "", "Cannot read the request"],
    ["a request without a file", () => "{}", "`spec`"],
  ])("exits 2 at %s and says why", async (_name, argument, why) => {
    const child = start(argument(), false);
    const finished = await eventOf(child, "finished");
    expect(finished).toMatchObject({ status: "failed", run: "" });
    expect(finished["error"]).toContain(why);
    expect(await exitOf(child)).toEqual({ code: 2, signal: null });
  });

  test.each(["started", "progress", "evaluated"])(
    "leaves a folder that opens when it is killed at its first event %s",
    async (moment) => {
      const child = start(request(LONG), false);
      const started = eventOf(child, "started");
      await eventOf(child, moment);
      child.kill("SIGKILL");
      expect(await exitOf(child)).toEqual({ code: null, signal: "SIGKILL" });

      const { run } = await started;
      expect(recordOf(run)).toMatchObject({ status: "running", pid: child.pid });
      const metrics = readFileSync(path.join(String(run), "metrics.jsonl"));
      const { values, problems } = parseJsonLines(metrics);
      expect(problems).toEqual([]);
      for (const { value } of values) expect(parseMetricLine(value)).toHaveProperty("step");
      for (const folder of ["weights", "embeddings"]) {
        const files = path.join(String(run), folder);
        for (const name of existsSync(files) ? readdirSync(files) : []) {
          if (!name.endsWith(".safetensors")) continue;
          expect(decodeSafetensors(readFileSync(path.join(files, name)))).toHaveProperty("tensors");
        }
      }
    },
  );
});
