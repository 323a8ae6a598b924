import { beforeEach, describe, expect, test } from "vitest";
import { encodeSafetensors } from "../../../core/formats/safetensors.ts";
import type { WeightsRequest, WeightsToPage } from "../../../core/protocol/panel/weights.ts";
import { createWeightsReader, type WeightsReader } from "../../../core/runs/weights-reader.ts";
import { type MemoryRunFiles, memoryRunFiles } from "../../support/memory-run-files.ts";
import { layerText } from "../../support/run-files.ts";

const OURS = "w/ours";
const OTHER = "w/other";

/** A tensor [2, 1] named `a` at one step. */
function store(files: MemoryRunFiles, place: string, values: readonly [number, number]): void {
  const data = Float32Array.from(values);
  const tensor = { name: "a", dtype: "F32", shape: [2, 1], data } as const;
  files.write(place, encodeSafetensors([tensor]));
}

function lineOf(step: number, layer: string, shape: readonly number[]): string {
  return `${JSON.stringify({ ...JSON.parse(layerText(step, layer)), shape })}\n`;
}

const at = (step: number) => `weights/step-${String(step).padStart(8, "0")}.safetensors`;

describe("createWeightsReader()", () => {
  let files: MemoryRunFiles;
  let reader: WeightsReader;
  let problems: string[];

  const answers = async (request: WeightsRequest): Promise<WeightsToPage[]> => {
    const messages: WeightsToPage[] = [];
    for await (const message of reader.answer(request, "ours")) messages.push(message);
    return messages;
  };

  beforeEach(async () => {
    files = memoryRunFiles({
      [`${OURS}/weights/layers.jsonl`]:
        [10, 20, 30].map((step) => layerText(step, "a", step / 10 - 1)).join("") +
        lineOf(30, "b", [4]) +
        lineOf(30, "mine", [4]),
      [`${OTHER}/weights/layers.jsonl`]:
        layerText(5, "a") + layerText(21, "a") + lineOf(21, "b", [5]) + lineOf(21, "theirs", [1]),
    });
    store(files, `${OURS}/${at(30)}`, [0, 3]);
    store(files, `${OTHER}/${at(21)}`, [4, 3]);
    problems = [];
    reader = createWeightsReader({ files, folder: OURS, report: (text) => problems.push(text) });
    reader.showOthers([OTHER]);
    await reader.update();
  });

  test("tells a layer's histograms over all steps", async () => {
    const [message] = await answers({ type: "weights/request-history", layer: "a" });
    expect(message).toMatchObject({ type: "weights/history", history: { layer: "a", total: 3 } });
    if (message?.type !== "weights/history") throw new RangeError("No history");
    expect(message.history.entries.map(({ step, zeros }) => [step, zeros])).toEqual([
      [10, 0],
      [20, 1],
      [30, 2],
    ]);
  });

  test("of very many steps an even choice, and says of how many", async () => {
    const lines = Array.from({ length: 1000 }, (_, index) => layerText(index, "a")).join("");
    files.write(`${OURS}/weights/layers.jsonl`, lines);
    await reader.update();
    const [message] = await answers({ type: "weights/request-history", layer: "a" });
    if (message?.type !== "weights/history") throw new RangeError("No history");
    const { total, entries } = message.history;
    expect(total).toBe(1000);
    expect(entries).toHaveLength(120);
    expect([entries[0]?.step, entries.at(-1)?.step]).toEqual([0, 999]);
  });

  test("compares the ends of two runs, layers by name and shape", async () => {
    const [first, last, ...more] = await answers({
      type: "weights/request-difference",
      step: 30,
      other: OTHER,
    });
    expect(more).toEqual([]);
    expect(first).toMatchObject({ difference: { otherStep: 21, values: [], isWhole: false } });
    expect(last).toMatchObject({
      type: "weights/difference",
      difference: {
        step: 30,
        other: OTHER,
        otherStep: 21,
        otherSteps: [5, 21],
        layers: [{ layer: "a" }],
        unmatched: [
          { layer: "b", reason: "4 here, 5 there" },
          { layer: "mine", reason: "only in this run" },
          { layer: "theirs", reason: "only in the other run" },
        ],
        values: [
          { layer: "a", distance: 4, maxAbs: 4, zerosGained: 1, zerosLost: 0, nonFinite: 0 },
        ],
        unread: [],
        isWhole: true,
      },
    });
  });

  test("takes the nearest step of the other run, or the one that is asked for", async () => {
    const request = { type: "weights/request-difference", step: 10, other: OTHER } as const;
    expect(await answers(request)).toMatchObject([
      { difference: { otherStep: 5 } },
      {
        difference: {
          values: [],
          unread: [`The values cannot be compared: ${at(10)} is missing`],
          isWhole: true,
        },
      },
    ]);
    const [first] = await answers({ ...request, otherStep: 21 });
    expect(first).toMatchObject({ difference: { otherStep: 21 } });
  });

  test("draws the difference of one layer", async () => {
    const minus = { other: OTHER, step: 21 };
    expect(
      await answers({ type: "weights/request-matrix", step: 30, layer: "a", minus }),
    ).toMatchObject([
      { type: "weights/matrix", matrix: { values: Float32Array.of(-4, 0), minus, scale: 4 } },
    ]);
  });

  test.each<[string, WeightsRequest, string]>([
    [
      "a run that is not shown",
      { type: "weights/request-difference", step: 30, other: "w/secret" },
      "The other run is not shown beside this one",
    ],
    [
      "a matrix of a run that is not shown",
      {
        type: "weights/request-matrix",
        step: 30,
        layer: "a",
        minus: { other: "w/secret", step: 1 },
      },
      "The other run is not shown beside this one",
    ],
    [
      "a step that was not stored",
      { type: "weights/request-difference", step: 31, other: OTHER },
      "No weights were stored at step 31",
    ],
    [
      "a step that the other run has not stored",
      { type: "weights/request-difference", step: 30, other: OTHER, otherStep: 6 },
      "The other run has stored no weights at step 6",
    ],
  ])("refuses %s", async (_name, request, reason) => {
    expect(await answers(request)).toMatchObject([{ reason }]);
    expect(problems).toEqual([]);
  });

  test("says when the other run has no weights, and when its file is torn", async () => {
    files.write(`${OTHER}/${at(21)}`, new Uint8Array(20));
    const request = { type: "weights/request-difference", step: 30, other: OTHER } as const;
    const [, last] = await answers(request);
    expect(last).toMatchObject({
      difference: { unread: [expect.stringMatching(/Of the other run, weights\/step-00000021/)] },
    });
    files.remove(`${OTHER}/weights/layers.jsonl`);
    expect(await answers(request)).toMatchObject([
      { type: "weights/no-difference", reason: "The other run has stored no weights" },
    ]);
  });
});
