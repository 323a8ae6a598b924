import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { encodeSafetensors, type NamedTensor } from "../../../core/formats/safetensors.ts";
import { encodeFileVersion, encodeScalars } from "../../../core/formats/tfevents.ts";
import {
  type ItemLine,
  type LayerLine,
  type MetricLine,
  RUN_FILES,
  type RunRecord,
  stepFileName,
  toJsonNumber,
} from "../../../core/protocol/run-files.ts";
import { checkpointNames } from "./checkpoint-names.ts";
import { writeWhole } from "./write-whole.ts";

const KEPT_CHECKPOINTS = 2;

/**
 * Writes the files of one run.
 *
 * Whatever moment the process is killed at, the folder stays readable: whole files are replaced by
 * rename, and files of lines grow by complete lines, of which only the last can be torn.
 */
export interface RunWriter {
  readonly folder: string;
  /** `run.json` as it stands. */
  readonly record: RunRecord;
  update(change: Partial<RunRecord>): void;
  /** One line of `metrics.jsonl` and the same scalars for TensorBoard. */
  metrics(step: number, epoch: number, values: Readonly<Record<string, number>>): void;
  weights(step: number, tensors: readonly NamedTensor[], layers: readonly LayerLine[]): void;
  embeddings(step: number, tensors: readonly NamedTensor[]): void;
  /** Replaces nothing: the new file is whole before the oldest but one goes. */
  checkpoint(
    step: number,
    tensors: readonly NamedTensor[],
    metadata: Readonly<Record<string, string>>,
  ): void;
  /** Coefficients along a path of λ; called once. */
  path(tensors: readonly NamedTensor[], metadata: Readonly<Record<string, string>>): void;
  /** A run that has ended needs none. */
  removeCheckpoints(): void;
  /** What the rows of all embeddings stand for; called once. */
  items(items: readonly ItemLine[], thumbnails: NamedTensor | undefined): void;
  log(text: string): void;
  close(): void;
}

export function createRunWriter(folder: string, spec: string, first: RunRecord): RunWriter {
  const at = (name: string) => path.join(folder, name);
  const open = (name: string) => openSync(at(name), "a");
  const started = Date.now() / 1000;
  let record = first;
  const writeRecord = () =>
    writeWhole(at(RUN_FILES.record), `${JSON.stringify(record, null, 2)}\n`);

  writeRecord();
  writeWhole(at(RUN_FILES.spec), spec);
  const files = {
    metrics: open(RUN_FILES.metrics),
    layers: open(RUN_FILES.layers),
    log: open(RUN_FILES.log),
    events: open(`events.out.tfevents.${Math.floor(started)}.${hostname()}.${process.pid}`),
  };
  append(files.events, encodeFileVersion(started));

  return {
    folder,
    get record() {
      return record;
    },
    update(change) {
      record = { ...record, ...change };
      writeRecord();
    },
    metrics(step, epoch, values) {
      const time = Date.now() / 1000;
      const line: MetricLine = { step, epoch, time, values: toJsonNumbers(values) };
      append(files.metrics, `${JSON.stringify(line)}\n`);
      append(files.events, encodeScalars(time, step, values));
    },
    weights(step, tensors, layers) {
      writeWhole(at(`weights/${stepFileName(step)}`), encodeSafetensors(tensors));
      append(files.layers, toLines(layers));
    },
    embeddings(step, tensors) {
      writeWhole(at(`embeddings/${stepFileName(step)}`), encodeSafetensors(tensors));
    },
    checkpoint(step, tensors, metadata) {
      const place = at(RUN_FILES.checkpoints);
      mkdirSync(place, { recursive: true });
      writeWhole(path.join(place, stepFileName(step)), encodeSafetensors(tensors, metadata));
      for (const name of checkpointNames(place).slice(0, -KEPT_CHECKPOINTS)) {
        rmSync(path.join(place, name));
      }
    },
    path(tensors, metadata) {
      mkdirSync(path.dirname(at(RUN_FILES.path)), { recursive: true });
      writeWhole(at(RUN_FILES.path), encodeSafetensors(tensors, metadata));
    },
    removeCheckpoints() {
      rmSync(at(RUN_FILES.checkpoints), { recursive: true, force: true });
    },
    items(items, thumbnails) {
      writeWhole(at(RUN_FILES.items), toLines(items));
      if (thumbnails !== undefined) {
        writeWhole(at(RUN_FILES.thumbnails), encodeSafetensors([thumbnails]));
      }
    },
    log(text) {
      append(files.log, `${new Date().toISOString()} ${text}\n`);
    },
    close() {
      for (const file of Object.values(files)) closeSync(file);
    },
  };
}

export function toJsonNumbers(values: Readonly<Record<string, number>>) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, toJsonNumber(value)]),
  );
}

/** All of `content`: a single write may stop half-way without saying so. */
function append(file: number, content: string | Uint8Array): void {
  writeFileSync(file, content);
}

function toLines(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}
