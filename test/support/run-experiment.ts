import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { TrainerEvent } from "../../core/protocol/trainer.ts";
import { type TrainResult, train } from "../../trainer/src/train.ts";

export interface ExperimentRun {
  readonly result: TrainResult;
  readonly events: readonly TrainerEvent[];
  /** Final value of a metric; NaN where the run has none of that name. */
  metric(name: string): number;
  /** `log.txt`, empty where nothing was trained. */
  readonly log: string;
}

/** Trains an experiment, given by its text or by its file, in a folder that is gone after the test. */
export async function runExperiment(
  source:
    | { readonly text: string; readonly files?: Readonly<Record<string, string | Uint8Array>> }
    | { readonly file: string },
  set: readonly string[] = [],
): Promise<ExperimentRun> {
  const workspace = mkdtempSync(path.join(tmpdir(), "normlens-run-"));
  onTestFinished(() => rmSync(workspace, { recursive: true, force: true }));
  const spec = "file" in source ? source.file : path.join(workspace, "test.normlens.yaml");
  if ("text" in source) {
    writeFileSync(spec, source.text);
    for (const [name, content] of Object.entries(source.files ?? {})) {
      writeFileSync(path.join(workspace, name), content);
    }
  }
  const events: TrainerEvent[] = [];
  const result = await train(
    { spec, workspace, set },
    { signal: new AbortController().signal, emit: (event) => events.push(event) },
  );
  return {
    result,
    events,
    metric: (name) => Number(result.final[name] ?? Number.NaN),
    log: result.run === "" ? "" : readFileSync(path.join(result.run, "log.txt"), "utf8"),
  };
}
