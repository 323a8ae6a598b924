import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { parseJsonLines } from "../../../core/formats/json-lines.ts";
import { RUN_FILES, stepOfFileName } from "../../../core/protocol/run-files.ts";
import { writeWhole } from "./write-whole.ts";

/**
 * Takes back what a run wrote after `step`, so that it can go on from there: lines of metrics and
 * layers, snapshots, and lines that were torn when the process ended. `undefined` takes back all.
 */
export function cutRun(folder: string, step: number | undefined): void {
  const last = step ?? -1;
  for (const name of [RUN_FILES.metrics, RUN_FILES.layers]) cutLines(path.join(folder, name), last);
  for (const name of ["weights", "embeddings"]) {
    const place = path.join(folder, name);
    for (const file of existsSync(place) ? readdirSync(place) : []) {
      if ((stepOfFileName(file) ?? last) > last) rmSync(path.join(place, file));
    }
  }
}

function cutLines(file: string, last: number): void {
  if (!existsSync(file)) return;
  const bytes = readFileSync(file);
  const { values, consumedBytes, problems } = parseJsonLines(bytes);
  const kept = values.filter(({ value }) => (stepOf(value) ?? Number.POSITIVE_INFINITY) <= last);
  const isWhole = consumedBytes === bytes.length && problems.length === 0;
  if (isWhole && kept.length === values.length) return;
  const lines = kept.map(({ value }) => `${JSON.stringify(value)}\n`);
  writeWhole(file, lines.join(""));
}

function stepOf(value: unknown): number | undefined {
  const isLine = typeof value === "object" && value !== null && "step" in value;
  return isLine && typeof value.step === "number" ? value.step : undefined;
}
