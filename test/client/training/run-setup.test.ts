import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { runSetup } from "../../../client/src/training/run-setup.ts";
import { type SetupProgress, setupProgress } from "../../../client/src/training/setup-progress.ts";

/** Runs a script that stands for the set-up. */
async function run(body: string, signal = new AbortController().signal) {
  const folder = mkdtempSync(path.join(tmpdir(), "normlens-setup-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const script = path.join(folder, "setup.cjs");
  writeFileSync(script, body);
  const progress: SetupProgress[] = [];
  const end = await runSetup({
    script,
    args: ["--gpu"],
    signal,
    onProgress: (one) => progress.push(one),
    onLine: () => undefined,
  });
  return { end, progress };
}

describe("runSetup()", () => {
  test("tells of the download in percent and ends with the set-up's last word", async () => {
    const { end, progress } = await run(`
      if (process.argv.slice(2).join() !== "--user,--gpu") process.exit(9);
      console.log("Progress 50 of 200");
      console.log("Compiling the binding");
      console.log("TensorFlow 2.15.1 is ready on CPU (3 s)\\n  /somewhere");
    `);
    expect(end).toEqual({ status: "ready", message: "TensorFlow 2.15.1 is ready on CPU (3 s)" });
    expect(progress.slice(0, 2)).toEqual([
      { message: "Downloading: 25 %", percent: 25 },
      { message: "Compiling the binding" },
    ]);
  });

  test("ends with what is missing where a set-up went well but there is no GPU", async () => {
    const { end } = await run(`console.log("WebGPU 0.6.2 is installed. No adapter was found.")`);
    expect(end).toEqual({
      status: "ready",
      message: "WebGPU 0.6.2 is installed. No adapter was found.",
    });
  });

  test("ends with the reason where the set-up fails", async () => {
    const { end } = await run(`console.error("No compiler was found."); process.exit(1);`);
    expect(end).toEqual({ status: "failed", message: "No compiler was found." });
  });

  test("is cancelled by its signal", async () => {
    const cancel = new AbortController();
    const running = run(`setInterval(() => undefined, 1000)`, cancel.signal);
    cancel.abort();
    expect((await running).end).toEqual({ status: "cancelled" });
  });
});

describe("setupProgress()", () => {
  test.each([
    ["", undefined],
    ["Unpacking lib/x (565 MB)", { message: "Unpacking lib/x (565 MB)" }],
    ["Progress 0 of 0", { message: "Downloading: 0 %", percent: 0 }],
  ])("of %j", (line, expected) => {
    expect(setupProgress(line)).toEqual(expected);
  });
});
