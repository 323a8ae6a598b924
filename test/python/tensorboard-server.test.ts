import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parseJsonLines } from "../../core/formats/json-lines.ts";
import { parseMetricLine } from "../../core/protocol/parse-run-files.ts";
import { RUN_FILES } from "../../core/protocol/run-files.ts";
import { tinyRun } from "../support/tiny-run.ts";
import { describeWithPython, pythonTool } from "./run-python.ts";

const LOADING_MS = 60_000;

/** Address that a started TensorBoard announces on standard error. */
function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    server.stderr?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (address !== undefined) resolve(address);
    });
    server.once("exit", (code) => reject(new Error(`TensorBoard ended with ${code}: ${output}`)));
  });
}

describeWithPython("TensorBoard, started on a runs folder", () => {
  const workspace = mkdtempSync(path.join(tmpdir(), "normlens-board-"));
  let run = "";
  let server: ChildProcess | undefined;
  let address = "";
  beforeAll(async () => {
    run = await tinyRun(workspace);
    const options = ["--logdir", path.dirname(run), "--host", "127.0.0.1", "--port", "0"];
    server = spawn(pythonTool("tensorboard"), options, { stdio: ["ignore", "ignore", "pipe"] });
    address = await addressOf(server);
  }, 120_000);
  afterAll(() => {
    server?.kill();
    rmSync(workspace, { recursive: true });
  });

  test("shows the run and the validation loss of every epoch", async () => {
    const logged = parseJsonLines(readFileSync(path.join(run, RUN_FILES.metrics))).values.flatMap(
      ({ value }) => {
        const line = parseMetricLine(value);
        if (typeof line === "string") throw new TypeError(line);
        const loss = line.values["validation/loss"];
        return typeof loss === "number" ? [[line.step, loss] as const] : [];
      },
    );
    expect(logged.length).toBeGreaterThan(1);
    const query = new URLSearchParams({ run: path.basename(run), tag: "validation/loss" });
    const shown = await vi.waitFor(
      async () => {
        const answer = await fetch(`${address}/data/plugin/scalars/scalars?${query}`);
        expect(answer.status).toBe(200);
        const points: unknown = await answer.json();
        expect(points).toHaveLength(logged.length);
        return points as readonly (readonly [number, number, number])[];
      },
      { timeout: LOADING_MS, interval: 500 },
    );
    // Event files hold binary32.
    expect(shown.map(([, step, value]) => [step, value])).toEqual(
      logged.map(([step, value]) => [step, Math.fround(value)]),
    );
  }, 90_000);
});
