import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import fs from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readExperiment } from "../../client/src/runs/experiment-as-run.ts";
import { RUN_FILES, stepFileName } from "../../core/protocol/run-files.ts";
import { nodeRunFileSystem } from "../../core/runs/node-run-file-system.ts";
import { createRunReader, type RunReader } from "../../core/runs/run-reader.ts";
import { noneBeside } from "./none-beside.ts";
import { embeddingBytes, itemText, recordText } from "./run-files.ts";

/** Steps that such a run logs in a second. */
export const STEPS_A_SECOND = 10;
const SNAPSHOT_SECONDS = 10;
const LAYERS = ["image.fc1.weight", "image.out.weight", "text.fc1.weight", "text.out.weight"];
const PAIRS = 60;

/** A run folder on disk that grows by whole lines, as a training makes it grow. */
export interface LiveRun {
  readonly folder: string;
  /** Logs the step; now and then weights and embeddings with it. */
  log(step: number): void;
  /** A reader as the run worker has it. */
  reader(): RunReader;
  remove(): void;
}

export function liveRun(): LiveRun {
  const home = mkdtempSync(path.join(tmpdir(), "normlens-live-"));
  const folder = path.join(home, ".normlens/runs/20261121-101500-live");
  for (const part of ["weights", "embeddings"]) {
    mkdirSync(path.join(folder, part), { recursive: true });
  }
  const append = (name: string, text: string) => appendFileSync(path.join(folder, name), text);
  writeFileSync(
    path.join(folder, RUN_FILES.record),
    recordText({ status: "running", steps_total: 36_000, epochs_total: 360 }),
  );
  append(RUN_FILES.items, Array.from({ length: PAIRS }, (_, row) => itemText(row)).join(""));
  return {
    folder,
    log(step) {
      append(RUN_FILES.metrics, metricsAt(step));
      if (step % (SNAPSHOT_SECONDS * STEPS_A_SECOND) !== 0) return;
      append(RUN_FILES.layers, LAYERS.map((layer) => layerAt(step, layer)).join(""));
      writeFileSync(
        path.join(folder, "embeddings", stepFileName(step)),
        embeddingBytes(PAIRS, 90 / (1 + step / 1000)),
      );
    },
    reader: () =>
      createRunReader(
        {
          files: nodeRunFileSystem(fs),
          isAlive: () => Promise.resolve(true),
          readExperiment,
          readBeside: noneBeside,
          now: Date.now,
        },
        folder,
      ),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

function metricsAt(step: number): string {
  const loss = 2 / (1 + step / 500) + 0.05 * Math.sin(step);
  const values = {
    "train/loss": loss,
    "train/data_loss": 0.9 * loss,
    "train/penalty": 0.1 * loss,
    ...(step % 100 === 0
      ? { "validation/data_loss": 1.1 * loss, "weights/all/zero_fraction": step / 72_000 }
      : {}),
  };
  const line = { step, epoch: Math.floor(step / 100), time: 1_795_255_000 + step / 10, values };
  return `${JSON.stringify(line)}\n`;
}

function layerAt(step: number, layer: string): string {
  const zeros = Math.min(4000, Math.floor(step / 10));
  const counts = Array.from({ length: 64 }, (_, bin) => (bin * 37 + step) % 200);
  return `${JSON.stringify({
    step,
    epoch: Math.floor(step / 100),
    layer,
    shape: [64, 64],
    count: 4096,
    zeros,
    non_finite: 0,
    l1: 400 - step / 200,
    l2: 8,
    max_abs: 1,
    dead_units: 2,
    units: 64,
    penalty: "1e-4·‖w‖₁",
    histogram: { edges: Array.from({ length: 65 }, (_, edge) => (edge - 32) / 32), counts },
    spectrum: Array.from({ length: 64 }, (_, index) => 4 / (1 + index)),
  })}\n`;
}
