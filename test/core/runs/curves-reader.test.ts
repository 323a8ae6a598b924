import { describe, expect, test } from "vitest";
import type { CurvesRequest, RunCurves } from "../../../core/protocol/panel/curves.ts";
import type { OtherRun } from "../../../core/protocol/panel/others.ts";
import { createCurvesReader } from "../../../core/runs/curves-reader.ts";
import { memoryRunFiles } from "../../support/memory-run-files.ts";
import { runHeader } from "../../webview/run-state.ts";

const VIEW: CurvesRequest = {
  type: "curves/window",
  axis: "step",
  width: 256,
  smoothing: 0,
  others: [],
  metrics: ["train/loss"],
};

function lines(from: number, to: number, names: readonly string[] = ["train/loss"]): string {
  return Array.from({ length: to - from }, (_, index) => {
    const values = Object.fromEntries(names.map((name) => [name, from + index]));
    return `${JSON.stringify({ step: from + index, epoch: 0, time: from + index, values })}\n`;
  }).join("");
}

const other = (key: string): OtherRun => ({ key, isBaseline: false, header: runHeader() });

function readerOf(
  files: ReturnType<typeof memoryRunFiles>,
  others: readonly OtherRun[] = [],
  header = () => runHeader(),
) {
  const problems: string[] = [];
  const source = { files, folder: "a", report: (problem: string) => void problems.push(problem) };
  const reader = createCurvesReader({ source, header, others: () => others });
  const update = async (): Promise<RunCurves[]> => {
    const found: RunCurves[] = [];
    for await (const runs of reader.update()) found.push(...runs);
    return found;
  };
  return { reader, update, problems };
}

const told = (runs: readonly RunCurves[]) =>
  runs.map(({ key, reset, curves }) => [
    key,
    reset,
    ...curves.map(({ name, total }) => `${name} ${total}`),
  ]);

describe("createCurvesReader()", () => {
  test("sends what has grown, and nothing where nothing has", async () => {
    const files = memoryRunFiles({ "a/metrics.jsonl": lines(0, 3, ["train/loss", "train/f1"]) });
    const { update } = readerOf(files);
    expect(told(await update())).toEqual([["", true, "train/loss 3", "train/f1 3"]]);
    expect(await update()).toEqual([]);
    files.append("a/metrics.jsonl", lines(3, 5));
    const [grown] = await update();
    expect(told(grown === undefined ? [] : [grown])).toEqual([["", false, "train/loss 5"]]);
    expect(grown?.reached).toEqual({ step: 4, stepsPerSecond: 1 });
  });

  test("holds back what would not be seen of a long run until there is more, or it has ended", async () => {
    const files = memoryRunFiles({ "a/metrics.jsonl": lines(0, 5000) });
    let status: "running" | "finished" = "running";
    const { update } = readerOf(files, [], () => runHeader({ status }));
    await update();
    files.append("a/metrics.jsonl", lines(5000, 5004));
    expect(await update()).toEqual([]);
    files.append("a/metrics.jsonl", lines(5004, 5005));
    expect(told(await update())).toEqual([["", false, "train/loss 5005"]]);
    files.append("a/metrics.jsonl", lines(5005, 5006));
    status = "finished";
    expect(told(await update())).toEqual([["", false, "train/loss 5006"]]);
  });

  test("starts anew where the file was replaced", async () => {
    const files = memoryRunFiles({ "a/metrics.jsonl": lines(0, 9) });
    const { update } = readerOf(files);
    await update();
    files.write("a/metrics.jsonl", lines(0, 2, ["train/r2"]));
    expect(told(await update())).toEqual([["", true, "train/r2 2"]]);
  });

  test("reads other runs only when the page asks, of them only what it draws", async () => {
    const files = memoryRunFiles({
      "a/metrics.jsonl": lines(0, 2),
      "b/metrics.jsonl": lines(0, 4, ["train/loss", "weights/fc/l1"]),
    });
    const { reader, update } = readerOf(files, [other("b")]);
    expect(told(await update())).toEqual([["", true, "train/loss 2"]]);
    expect(told(reader.show({ ...VIEW, others: ["b", "/etc"] }))).toEqual([
      ["", true, "train/loss 2"],
    ]);
    expect(told(await update())).toEqual([["b", true, "train/loss 4"]]);
    files.append("b/metrics.jsonl", lines(4, 5));
    expect(told(await update())).toEqual([["b", false, "train/loss 5"]]);
  });

  test("sends another view of what has been read without reading it again", async () => {
    const files = memoryRunFiles({
      "a/metrics.jsonl": lines(0, 9000),
      "b/metrics.jsonl": lines(0, 9000),
    });
    const { reader, update } = readerOf(files, [other("b")]);
    reader.show({ ...VIEW, others: ["b"] });
    await update();
    const shown = reader.show({ ...VIEW, others: ["b"], from: 100, to: 200 });
    expect(shown.map(({ key, reset }) => [key, reset])).toEqual([
      ["", true],
      ["b", true],
    ]);
    for (const { curves } of shown) {
      const inside = [...(curves[0]?.steps ?? [])].filter((step) => step >= 100 && step <= 200);
      expect(inside).toHaveLength(101);
    }
    expect(await update()).toEqual([]);
  });

  test("passes all arrays of a run in one buffer", async () => {
    const names = Array.from({ length: 300 }, (_, index) => `m${index}`);
    const { update } = readerOf(memoryRunFiles({ "a/metrics.jsonl": lines(0, 2, names) }));
    const [run] = await update();
    const buffers = new Set(
      run?.curves.flatMap(({ steps, values, low }) =>
        [steps, values, low].map(({ buffer }) => buffer),
      ),
    );
    expect([run?.curves.length, buffers.size]).toEqual([300, 1]);
    expect(run?.curves[299]?.values).toEqual(Float64Array.of(0, 1));
  });

  test("names the run whose lines are damaged", async () => {
    const files = memoryRunFiles({ "b/metrics.jsonl": "{]\n" });
    const { reader, update, problems } = readerOf(files, [other("b")]);
    reader.show({ ...VIEW, others: ["b"] });
    await update();
    expect(problems).toEqual([expect.stringMatching(/^b: metrics.jsonl line 1: /)]);
  });
});
