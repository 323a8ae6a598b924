import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type SetupProgress, setupProgress } from "./setup-progress.ts";

/** How a set-up ended. */
export type SetupEnd =
  | { readonly status: "ready"; readonly message: string }
  | { readonly status: "failed"; readonly message: string }
  | { readonly status: "cancelled" };

interface Setup {
  /** Path of the bundled set-up. */
  readonly script: string;
  readonly args: readonly string[];
  readonly signal: AbortSignal;
  onProgress(progress: SetupProgress): void;
  /** Every line, for the log. */
  onLine(line: string): void;
}

/** How the last word of a set-up begins. */
const READY = ["TensorFlow ", "WebGPU "];

/**
 * Runs the set-up of a backend in a process of its own, into the user's data folder.
 *
 * It can be cancelled at any time: a later run goes on with what is there.
 */
export function runSetup({ script, args, signal, onProgress, onLine }: Setup): Promise<SetupEnd> {
  const child = spawn(process.execPath, [script, "--user", ...args], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  let last = "";
  let fault = "";
  createInterface({ input: child.stdout }).on("line", (line) => {
    onLine(line);
    const progress = setupProgress(line);
    if (progress === undefined) return;
    if (READY.some((word) => line.startsWith(word))) last = line.trim();
    onProgress(progress);
  });
  createInterface({ input: child.stderr }).on("line", (line) => {
    onLine(line);
    fault = line.trim() === "" ? fault : line.trim();
  });
  return new Promise((resolve) => {
    child.once("error", (error) => {
      resolve(
        signal.aborted ? { status: "cancelled" } : { status: "failed", message: error.message },
      );
    });
    child.once("close", (code) => {
      if (signal.aborted) resolve({ status: "cancelled" });
      else if (code === 0) resolve({ status: "ready", message: last });
      else resolve({ status: "failed", message: fault === "" ? `It ended with ${code}` : fault });
    });
  });
}
