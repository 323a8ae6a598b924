import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { train } from "../../trainer/src/train.ts";
import { tinyRun } from "../support/tiny-run.ts";

const LAMBDA_PATH = path.join(import.meta.dirname, "../../examples/lambda-path.normlens.yaml");

export interface TrainedRuns {
  /** Puts the runs into a workspace folder, and a weight file of one of them into its root. */
  copyTo(folder: string): void;
  dispose(): void;
}

/**
 * Two experiments of small towers, "Weak" and "Strong" by the λ of their first penalty, with two seeds
 * each, and a λ path.
 */
export async function trainRuns(): Promise<TrainedRuns> {
  const workspace = mkdtempSync(path.join(tmpdir(), "normlens-trained-"));
  let weights = "";
  for (const [name, lambda] of [
    ["Weak", 1e-4],
    ["Strong", 3e-2],
  ] as const) {
    for (const seed of [1, 2]) {
      const set = [`penalty.0.lambda=${lambda}`, `training.seed=${seed}`];
      weights = path.join(await tinyRun(workspace, [`name=${name} ${seed}`, ...set]), "weights");
    }
  }
  const { status, error } = await train(
    { spec: LAMBDA_PATH, workspace },
    { signal: new AbortController().signal, emit: () => undefined },
  );
  if (status !== "finished") throw new Error(error ?? `The λ path ended as ${status}`);
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
