import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseJsonLines } from "../../core/formats/json-lines.ts";
import { decodeSafetensors } from "../../core/formats/safetensors.ts";
import { decodeTfEvents } from "../../core/formats/tfevents.ts";
import { parseMetricLine } from "../../core/protocol/parse-run-files.ts";
import { fromJsonNumber, RUN_FILES } from "../../core/protocol/run-files.ts";
import { tinyRun } from "../support/tiny-run.ts";
import { describeWithPython, runPython } from "./run-python.ts";
import { tensorboardScalars } from "./tensorboard-scalars.ts";

describeWithPython("a trained run's folder against TensorBoard and safetensors", () => {
  let workspace = "";
  let run = "";
  beforeAll(async () => {
    workspace = mkdtempSync(path.join(tmpdir(), "normlens-run-"));
    run = await tinyRun(workspace);
  }, 120_000);
  afterAll(() => rmSync(workspace, { recursive: true }));

  test("TensorBoard reads every metric at every step", () => {
    const expected = new Map<string, [number, number][]>();
    for (const { value } of parseJsonLines(readFileSync(path.join(run, RUN_FILES.metrics)))
      .values) {
      const line = parseMetricLine(value);
      if (typeof line === "string") throw new TypeError(line);
      for (const [tag, stored] of Object.entries(line.values)) {
        const points = expected.get(tag) ?? [];
        points.push([line.step, Math.fround(fromJsonNumber(stored) ?? 0)]);
        expected.set(tag, points);
      }
    }
    expect(expected.size).toBeGreaterThan(10);
    const read = [...tensorboardScalars(run)].map(
      ([tag, points]) => [tag, points.map(([, step, value]) => [step, value])] as const,
    );
    expect(new Map(read)).toEqual(expected);
  });

  test("its event file is whole", () => {
    const name = readdirSync(run).find((entry) => entry.includes("tfevents")) ?? "";
    const decoded = decodeTfEvents(readFileSync(path.join(run, name)));
    expect(decoded.restBytes).toBe(0);
    expect(decoded).not.toHaveProperty("problem");
  });

  test.each(["weights", "embeddings"])("the library writes the same bytes of its %s", (part) => {
    const names = readdirSync(path.join(run, part)).filter((name) => name.endsWith(".safetensors"));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const file = readFileSync(path.join(run, part, name));
      const decoded = decodeSafetensors(file);
      if ("problem" in decoded) throw new TypeError(decoded.problem);
      const { written } = runPython("safetensors_files.py", {
        file: file.toString("base64"),
        metadata: Object.keys(decoded.metadata).length === 0 ? null : decoded.metadata,
      }) as { written: string };
      expect(Buffer.from(written, "base64").equals(file)).toBe(true);
    }
  });
});
