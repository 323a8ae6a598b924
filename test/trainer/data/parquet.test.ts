import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ParquetData } from "../../../core/experiment/file-data.ts";
import { parquet } from "../../../trainer/src/data/parquet.ts";
import { UserError } from "../../../trainer/src/user-error.ts";
import { dataFolder } from "../../support/data-folder.ts";

const FIXTURES = path.join(import.meta.dirname, "../../fixtures/data");
const SETTINGS: ParquetData = {
  source: "parquet",
  path: "table.parquet",
  task: "regression",
  target: "y",
  features: ["x", "half", "count", "unsigned", "flag", "colour"],
  categorical: ["colour"],
  missing_values: "mean",
  standardize: false,
  max_rows: 1_000_000,
  seed: 0,
};

async function load(file: string | Uint8Array, change: Partial<ParquetData> = {}, order?: string) {
  const bytes = typeof file === "string" ? readFileSync(path.join(FIXTURES, file)) : file;
  const context = {
    ...dataFolder({ "table.parquet": bytes }),
    columns: order === undefined ? {} : { order },
  };
  const dataset = await parquet.load({ ...SETTINGS, ...change }, context);
  return { ...dataset, told: context.told, features: dataset.modalities[0]! };
}

/** What test/fixtures/data/make_parquet.py writes. */
const ROWS = Array.from({ length: 60 }, (_, row) => [
  row === 7 ? Number.NaN : row / 4,
  row / 2,
  row * 1000,
  2 ** 32 - 1 - row,
  row % 3 === 0 ? 1 : 0,
  row % 3 === 2 ? 1 : 0,
  row % 3 === 1 ? 1 : 0,
  row % 3 === 0 ? 1 : 0,
]);

describe("parquet", () => {
  test.each(["none", "snappy", "gzip", "zstd", "brotli", "lz4"])(
    "reads every column of pyarrow's %s files, over row groups, nulls and dictionaries",
    async (compression) => {
      const { features, targets, told, captions } = await load(`${compression}.parquet`);
      expect(features.columns).toEqual([
        "x",
        "half",
        "count",
        "unsigned",
        "flag",
        "colour=blue",
        "colour=green",
        "colour=red",
      ]);
      expect([...features.data]).toEqual(ROWS.flat());
      expect([...(targets?.data ?? [])]).toEqual(ROWS.map((_, row) => row % 5));
      expect(told).toContain("Missing values are filled with the training part's mean: x 1");
      expect(captions[30]).toBe("table.parquet, row 31");
    },
  );

  test("reads the encodings that are not the default, in pages of version 2", async () => {
    const change = { features: ["x", "count", "half"], categorical: [] };
    const { features } = await load("encodings.parquet", change);
    expect([...features.data]).toEqual(ROWS.flatMap(([x, half, count]) => [x, count, half]));
  });

  test("orders by a column of dates, and leaves lists out of what there is", async () => {
    const { order } = await load("snappy.parquet", {}, "day");
    expect([...(order ?? [])]).toEqual(ROWS.map((_, row) => Date.UTC(2026, 0, 61 - row)));
    await expect(load("snappy.parquet", { features: "list" })).rejects.toThrow(
      "there is no column `list`",
    );
  });

  test.each([
    ["identifiers.parquet", "id", 'row 2: column `id`: "9007199254740993" is beyond 2^53'],
    ["infinite.parquet", "x", "row 2: column `x`: Infinity is infinite"],
    ["snappy.parquet", "colour", 'row 1: column `colour`: "red" is no number'],
    ["snappy.parquet", "day", 'row 1: column `day`: "2026-03-02T00:00:00.000Z" is no number'],
  ])("names the row and the column of a fault in %s", async (file, features, message) => {
    await expect(load(file, { features, categorical: [] })).rejects.toThrow(
      `table.parquet, ${message}`,
    );
  });

  test("tells every damaged file by name, and never ends otherwise than with that", async () => {
    const file = readFileSync(path.join(FIXTURES, "snappy.parquet"));
    for (const damaged of [
      Buffer.alloc(0),
      Buffer.from("a,b\n1,2\n"),
      file.subarray(0, -1),
      file.subarray(9),
    ]) {
      await expect(load(damaged)).rejects.toThrow(
        /^table\.parquet: it is no Parquet file, or damaged/,
      );
    }
    const places = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(places, async (changes) => {
        const copy = Uint8Array.from(file);
        for (const [place, byte] of changes) copy[place] = byte;
        const outcome = await load(copy).catch((error: unknown) => error);
        expect(outcome instanceof UserError || !(outcome instanceof Error)).toBe(true);
      }),
      { numRuns: 60, examples: [[[[3912, 177]]]] },
    );
  });
});
