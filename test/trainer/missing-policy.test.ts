import { describe, expect, test } from "vitest";
import type { Dataset, ModalityData } from "../../trainer/src/dataset.ts";
import { handleMissing } from "../../trainer/src/missing-policy.ts";

const features: ModalityData = {
  name: "audio",
  kind: "features",
  shape: [2],
  data: new Float32Array([1, 10, 3, 30, 0, 0, 5, 50]),
  present: new Uint8Array([1, 1, 0, 1]),
  contentOf: new Int32Array([0, 1, 2, 3]),
};
const tokens: ModalityData = {
  name: "text",
  kind: "tokens",
  shape: [2],
  data: new Int32Array([4, 5, 6, 7, 4, 5, 0, 0]),
  present: new Uint8Array([1, 1, 1, 0]),
  contentOf: new Int32Array([0, 1, 2, 3]),
};
const dataset: Dataset = {
  rows: 4,
  modalities: [features, tokens],
  classes: ["a"],
  labels: new Int32Array(4),
  captions: ["", "", "", ""],
};
const split = {
  train: new Int32Array([0, 1, 2]),
  validation: new Int32Array([3]),
  test: new Int32Array([]),
};
const BOTH = ["audio", "text"];

function handled(policy: "mask" | "drop" | "impute", names = BOTH) {
  const found = handleMissing(dataset, split, names, policy);
  if (typeof found === "string") throw new TypeError(found);
  return found;
}

describe("handleMissing", () => {
  test("counts what is missing, whatever is done about it", () => {
    for (const policy of ["mask", "drop", "impute"] as const) {
      const { values, notes } = handled(policy);
      expect(values).toEqual({ "data/missing/audio": 0.25, "data/missing/text": 0.25 });
      expect(notes.join()).toContain("1 of 4 rows lack audio, 1 of 4 rows lack text");
    }
  });

  test("mask leaves all as it is", () => {
    expect(handled("mask")).toMatchObject({ dataset, split });
  });

  test("drop leaves rows out of every part, only for the modalities that are used", () => {
    const all = handled("drop");
    expect([...all.split.train, ...all.split.validation]).toEqual([0, 1]);
    expect(all.notes[0]).toContain("2 of 4 rows are left out");
    const audio = handled("drop", ["audio"]);
    expect([...audio.split.train, ...audio.split.validation]).toEqual([0, 1, 3]);
  });

  test("impute takes the training part's mean, and for tokens its most frequent row", () => {
    const { modalities } = handled("impute").dataset;
    expect([...(modalities[0]?.data ?? [])]).toEqual([1, 10, 3, 30, 2, 20, 5, 50]);
    expect([...(modalities[1]?.data ?? [])]).toEqual([4, 5, 6, 7, 4, 5, 4, 5]);
    for (const { present } of modalities) expect([...present]).toEqual([1, 1, 1, 1]);
    // The data set that was given is not changed.
    expect(features.data[4]).toBe(0);
  });

  test("refuse says how many, and lets complete data pass", () => {
    expect(handleMissing(dataset, split, BOTH, "refuse")).toContain("1 of 4 rows lack audio");
    const complete = {
      ...dataset,
      modalities: [{ ...features, present: new Uint8Array([1, 1, 1, 1]) }],
    };
    expect(handleMissing(complete, split, ["audio"], "refuse")).toMatchObject({ notes: [] });
  });
});
