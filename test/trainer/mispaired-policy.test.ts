import { describe, expect, test } from "vitest";
import { trio } from "../../trainer/src/data/trio.ts";
import { handleMispaired } from "../../trainer/src/mispaired-policy.ts";
import { loadContext } from "../support/load-context.ts";

const NONE = { image: 0, text: 0, audio: 0 };

async function pairs(mispaired: number) {
  const dataset = await trio.load(
    {
      source: "trio",
      samples: 500,
      seed: 5,
      noise: 0.05,
      image_size: 8,
      missing: NONE,
      mispaired: { ...NONE, text: mispaired },
    },
    loadContext(),
  );
  const train = Int32Array.from({ length: 400 }, (_, row) => row);
  const rest = Int32Array.from({ length: 100 }, (_, row) => 400 + row);
  return { dataset, split: { train, validation: rest, test: new Int32Array(0) } };
}

describe("handleMispaired", () => {
  test.each([0, 0.2, 0.5])("estimates a share of %d strangers within 0.12", async (share) => {
    const { dataset, split } = await pairs(share);
    const { values, notes } = handleMispaired(dataset, split, ["image", "text"], "report", 1);
    expect(Math.abs((values["data/mispaired/image_text"] ?? 0) - share)).toBeLessThan(0.12);
    expect(notes.join("\n")).toContain("may be paired with a stranger");
  });

  test("drops mostly strangers, from the training part alone", async () => {
    const { dataset, split } = await pairs(0.3);
    const found = handleMispaired(dataset, split, ["image", "text"], "drop", 1);
    const text = dataset.modalities.find(({ name }) => name === "text");
    const strangers = (rows: Int32Array) =>
      rows.filter((row) => text?.contentOf[row] !== row).length;
    const dropped = split.train.length - found.split.train.length;
    const right = strangers(split.train) - strangers(found.split.train);
    expect(dropped).toBeGreaterThan(30);
    expect(right / dropped).toBeGreaterThan(0.8);
    expect(found.split.validation).toEqual(split.validation);
    expect(found.notes.at(-1)).toContain(`${dropped} of 400 training rows are left out`);
  });

  test("tells the scales of the modalities, and looks at nothing where it is to ignore", async () => {
    const { dataset, split } = await pairs(0);
    const louder = {
      ...dataset,
      modalities: dataset.modalities.map((one) =>
        one.name === "image" ? { ...one, data: Float32Array.from(one.data, (v) => 1000 * v) } : one,
      ),
    };
    const before = handleMispaired(dataset, split, ["image", "text"], "report", 1).values;
    const { values, notes } = handleMispaired(louder, split, ["image", "text"], "report", 1);
    expect(values["data/scale/image"]).toBeCloseTo(1000 * (before["data/scale/image"] ?? 0), 2);
    expect(notes[0]).toMatch(/^Scales: image \d+, text 0\.\d+ .* times the smallest$/);
    expect(handleMispaired(dataset, split, ["image", "text"], "ignore", 1)).toEqual({
      split,
      values: {},
      notes: [],
    });
  });
});
