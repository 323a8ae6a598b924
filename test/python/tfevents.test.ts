import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeFileVersion, encodeScalars } from "../../core/formats/tfevents.ts";
import { describeWithPython } from "./run-python.ts";
import { tensorboardScalars } from "./tensorboard-scalars.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "normlens-python-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describeWithPython("event files against TensorBoard", () => {
  test("hold the scalars that TensorBoard reads", () => {
    const events = mkdtempSync(path.join(folder, "events-"));
    const parts = [encodeFileVersion(1_700_000_000)];
    const values = [0.1, Number.NaN, Number.POSITIVE_INFINITY, -1e-30, 123_456_789];
    for (const [index, value] of values.entries()) {
      parts.push(
        encodeScalars(1_700_000_000.5 + index, 10 * index, {
          "train/loss": value,
          "weights/图像/l1": -value,
        }),
      );
    }
    writeFileSync(path.join(events, "events.out.tfevents.1700000000.here.1"), Buffer.concat(parts));

    const points = (sign: number) =>
      values.map((value, index) => [
        1_700_000_000.5 + index,
        10 * index,
        Math.fround(sign * value),
      ]);
    expect(tensorboardScalars(events)).toEqual(
      new Map([
        ["train/loss", points(1)],
        ["weights/图像/l1", points(-1)],
      ]),
    );
  });
});
