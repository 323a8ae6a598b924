import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { train } from "../../trainer/src/train.ts";
import { tinyRun } from "../support/tiny-run.ts";
import { isUpdatingImages } from "./workbench.ts";

const EXAMPLES = path.join(import.meta.dirname, "../../examples");

/** λ of the runs' first penalty, by their name. */
export const LAMBDAS = { Weak: "1e-4", Strong: isUpdatingImages ? "4e-3" : "0.03" } as const;
/** A picture for readers shows runs that learnt something, as many as their noise is told from. */
export const SEEDS = isUpdatingImages ? [1, 2, 3] : [1, 2];
const PICTURED = ["data.samples=2000", "training.epochs=14"];

export interface TrainedRuns {
  /** Puts the runs into a workspace folder, and a weight file of one of them into its root. */
  copyTo(folder: string): void;
  dispose(): void;
}

async function runOf(workspace: string, spec: string, set: readonly string[]): Promise<string> {
  const { run, status, error } = await train(
    { spec: path.join(EXAMPLES, spec), workspace, set },
    { signal: new AbortController().signal, emit: () => undefined },
  );
  if (status !== "finished") throw new Error(error ?? `${spec} ended as ${status}`);
  return run;
}

/**
 * Two experiments of small towers, "Weak" and "Strong" by the λ of their first penalty, with some
 * seeds each, and a λ path.
 */
export async function trainRuns(): Promise<TrainedRuns> {
  const workspace = mkdtempSync(path.join(tmpdir(), "normlens-trained-"));
  let weights = "";
  for (const [name, lambda] of Object.entries(LAMBDAS)) {
    for (const seed of SEEDS) {
      const set = [`name=${name} ${seed}`, `penalty.0.lambda=${lambda}`, `training.seed=${seed}`];
      const run = isUpdatingImages
        ? await runOf(workspace, "shapes.normlens.yaml", [...PICTURED, ...set])
        : await tinyRun(workspace, set);
      weights = path.join(run, "weights");
    }
  }
  await runOf(workspace, "lambda-path.normlens.yaml", []);
  const file = readdirSync(weights).find((name) => name.endsWith(".safetensors")) ?? "";
  return {
    copyTo(folder) {
      cpSync(path.join(workspace, ".normlens"), path.join(folder, ".normlens"), {
        recursive: true,
      });
      cpSync(path.join(weights, file), path.join(folder, "model.safetensors"));
    },
    dispose: () => rmSync(workspace, { recursive: true, force: true }),
  };
}
