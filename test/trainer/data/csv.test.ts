import { describe, expect, test } from "vitest";
import type { CsvData } from "../../../core/experiment/file-data.ts";
import { csv } from "../../../trainer/src/data/csv.ts";
import type { LoadContext } from "../../../trainer/src/data-source.ts";
import { dataFolder } from "../../support/data-folder.ts";

const SETTINGS: CsvData = {
  source: "csv",
  path: "train.csv",
  task: "regression",
  target: "y",
  categorical: [],
  missing_values: "error",
  decimal: ".",
  standardize: false,
  max_rows: 1_000_000,
  seed: 0,
};
type Columns = NonNullable<LoadContext["columns"]>;

async function load(
  text: string | Uint8Array,
  change: Partial<CsvData> = {},
  columns: Columns = {},
) {
  const context = dataFolder({ "train.csv": text });
  const dataset = await csv.load({ ...SETTINGS, ...change }, { ...context, columns });
  const [features] = dataset.modalities;
  return {
    ...dataset,
    columns: features?.columns,
    values: [...(features?.data ?? [])],
    told: context.told,
  };
}

const CLASSES = { task: "classification", target: "kind" } as const;

describe("csv", () => {
  test("reads features and targets, whichever the order of the columns", async () => {
    const { columns, values, targets, rows, captions } = await load(
      "a,y,b\n1,10,2\n-3.5e2,20,.5\n",
    );
    expect({ columns, values, rows }).toEqual({
      columns: ["a", "b"],
      values: [1, 2, -350, 0.5],
      rows: 2,
    });
    expect(targets).toEqual({ names: ["y"], data: Float64Array.of(10, 20) });
    expect(captions).toEqual(["train.csv:2", "train.csv:3"]);
  });

  test.each([
    ["a byte order mark and CRLF", "\ufeffa,y\r\n1,2\r\n3,4\r\n"],
    ["old Macintosh line ends", "a,y\r1,2\r3,4\r"],
    ["semicolons", "a;y\n1;2\n3;4"],
    ["tabs", "a\ty\n1\t2\n3\t4\n"],
    ["quotes and blanks", '"a" ,y\n"1", 2 \n 3,"4"\n'.replace('" ', '"')],
    ["empty lines", "a,y\n\n1,2\n\n3,4\n\n"],
  ])("reads %s", async (_name, text) => {
    const { columns, values, targets } = await load(text);
    expect([columns, values, [...(targets?.data ?? [])]]).toEqual([["a"], [1, 3], [2, 4]]);
  });

  test("reads decimal commas where it is told of them", async () => {
    expect((await load("a;y\n1,5;2\n", { decimal: "," })).values).toEqual([1.5]);
    await expect(load("a;y\n1,5;2\n")).rejects.toThrow(
      'train.csv:2: column `a`: "1,5" has a decimal comma. Set `decimal: ","` under `data`.',
    );
  });

  test("sorts classes, numbers by size", async () => {
    const { classes, labels } = await load("a,kind\n1,10\n2,9\n3,10\n", CLASSES);
    expect(classes).toEqual(["9", "10"]);
    expect([...labels]).toEqual([1, 0, 1]);
  });

  test("makes a column of 0 and 1 of every category, and says which", async () => {
    const text = "c,a,y\nred,1,0\nblue,2,0\nred,3,0\n";
    const found = await load(text, { categorical: ["c"] });
    expect(found.columns).toEqual(["c=blue", "c=red", "a"]);
    expect(found.values).toEqual([0, 1, 1, 1, 0, 2, 0, 1, 3]);
    expect(found.told).toEqual(["Column c has 2 categories: blue, red"]);
    const stated = await load(text, { categorical: { c: ["red", "green", "blue"] } });
    expect(stated.columns).toEqual(["c=red", "c=green", "c=blue", "a"]);
    await expect(load(text, { categorical: { c: ["red"] } })).rejects.toThrow(
      'train.csv:3: column `c`: "blue" is none of its categories red',
    );
  });

  test("takes several targets and only the named features", async () => {
    const { columns, targets } = await load("a,b,y,z\n1,2,3,4\n", {
      target: ["z", "y"],
      features: "b",
    });
    expect(columns).toEqual(["b"]);
    expect(targets).toEqual({ names: ["z", "y"], data: Float64Array.of(4, 3) });
  });

  test("leaves the columns of the split out of the features and reads dates", async () => {
    const text = "who,when,a,y\nann,2026-02-01,1,1\nbob,2026-01-01,2,2\nann,2026-03-01,3,3\n";
    const { columns, groups, order } = await load(text, {}, { group: "who", order: "when" });
    expect(columns).toEqual(["a"]);
    expect([...(groups ?? [])]).toEqual([0, 1, 0]);
    expect([...(order ?? [])]).toEqual(
      [1, 0, 2].map((month) => Date.UTC(2026, [0, 1, 2][month]!, 1)),
    );
  });

  test("stops at missing values and counts them, unless it is told what to do", async () => {
    const text = "a,b,y\n1,,1\nNA,2,2\n3,4,\n5,6,7\n";
    await expect(load(text)).rejects.toThrow(
      "train.csv:4: column `y` has no value; of 4 rows are missing: y 1, a 1, b 1. Set `missing_values`",
    );
    const dropped = await load(text, { missing_values: "drop" });
    expect([dropped.rows, dropped.values, dropped.captions]).toEqual([1, [5, 6], ["train.csv:5"]]);
    expect(dropped.told).toEqual(["Dropped 3 of 4 rows for missing values: y 1, a 1, b 1"]);
    const filled = await load(text, { missing_values: "median" });
    expect(filled.values).toEqual([1, Number.NaN, Number.NaN, 2, 5, 6]);
    expect(filled.told).toEqual([
      "Dropped 1 of 4 rows for missing values: y 1",
      "Missing values are filled with the training part's median: a 1, b 1",
    ]);
  });

  test("keeps an even sample of a longer file, in its order, and says so", async () => {
    const text = `a,y\n${Array.from({ length: 5000 }, (_, row) => `${row},${row}`).join("\n")}\n`;
    const { values, told, rows } = await load(text, { max_rows: 1000, seed: 3 });
    expect(rows).toBe(1000);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect(new Set(values).size).toBe(1000);
    // The mean of 1000 of 0…4999 has a standard error of 41 (without replacement).
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / 1000 - 2499.5)).toBeLessThan(
      165,
    );
    expect(told).toEqual(["Kept an even sample of 1,000 of 5,000 rows of train.csv (max_rows)"]);
    expect((await load(text, { max_rows: 1000, seed: 3 })).values).toEqual(values);
    expect((await load(text, { max_rows: 1000, seed: 4 })).values).not.toEqual(values);
  });

  test.each([
    ["no number", "a,y\n1,2\nabc,3\n", 'train.csv:3: column `a`: "abc" is no number'],
    ["hexadecimal", "a,y\n0x10,3\n", '"0x10" is no number'],
    ["an infinity", "a,y\n-inf,3\n", 'train.csv:2: column `a`: "-inf" is infinite'],
    ["a number too large", "a,y\n1e999,3\n", '"1e999" is too large'],
    ["an identifier", "a,y\n9007199254740993,3\n", '"9007199254740993" is beyond 2^53'],
    ["a short row", "a,b,y\n1,2,3\n1,2\n", "train.csv:3: the row has 2 fields, the header names 3"],
    ["a long row", "a,y\n1,2,3\n", "train.csv:2: the row has 3 fields, the header names 2"],
    ["a fault behind a quoted line feed", 'a,t,y\n1,"x\ny",3\nz,u,3\n', "train.csv:4: column `a`"],
    ["a fault in a row of two lines", 'a,t,y\n1,u,3\nz,"x\ny",3\n', "train.csv:3: column `a`"],
    ["an open quote", 'a,y\n1,"2\n3,4\n', "a quote is opened and never closed"],
    [
      "text behind a quote",
      'a,y\n1,"2"3\n',
      "train.csv:2: a closing quote is followed by more text",
    ],
    ["a name twice", "a,y,a\n1,2,3\n", "train.csv: columns 1 and 3 are both named `a`"],
    ["no name", "a,,y\n1,2,3\n", "train.csv: column 2 has no name"],
    ["an empty file", "", "train.csv: it is empty"],
    ["a header alone", "a,y\n", "train.csv: it has column names and no rows"],
    [
      "no target",
      "a,b\n1,2\n",
      "there is no column `y`, which `target` names. Its columns are a, b",
    ],
    ["UTF-16", Uint8Array.of(0xff, 0xfe, 0x61, 0), "the text is UTF-16"],
    [
      "Latin-1",
      Buffer.from("a,y\n1,2\ncaf\xe9,3\n", "latin1"),
      "train.csv:3: the text is not UTF-8",
    ],
    ["bytes", Uint8Array.of(0x61, 0, 1, 2), "it is no text"],
  ])("names the place of %s", async (_name, text, message) => {
    await expect(
      load(text, { categorical: String(text).includes("t,y") ? ["t"] : [] }),
    ).rejects.toThrow(message);
  });

  test("says which file is not there, and that paths start at the experiment's folder", async () => {
    await expect(load("a,y\n", { path: "data/none.csv" })).rejects.toThrow(
      "data/none.csv: it cannot be read: it does not exist. Check the path; it starts at the folder",
    );
    await expect(load("a,y\n", { path: "." })).rejects.toThrow(
      ".: it cannot be read: it is no file",
    );
  });

  test("stops when it is cancelled", async () => {
    const context = { ...dataFolder({ "train.csv": "a,y\n1,2\n" }), signal: AbortSignal.abort() };
    await expect(csv.load(SETTINGS, context)).rejects.toThrow(/abort/i);
  });
});

describe("long files", () => {
  test("are read in pieces that cut neither rows nor characters, and lines stay counted", async () => {
    const row = (index: number) =>
      index % 7 === 3 ? `"ä${index % 5}\n😀",${index}` : `日本 ${index % 3},${index}`;
    const lines = Array.from({ length: 60_000 }, (_, index) => row(index));
    const text = `t,y\n${lines.join("\n")}\n`;
    const settings = { task: "classification", target: "t", features: "y" } as const;
    const { values, captions, rows, classes } = await load(text, settings);
    expect(classes).toEqual([
      "ä0\n😀",
      "ä1\n😀",
      "ä2\n😀",
      "ä3\n😀",
      "ä4\n😀",
      "日本 0",
      "日本 1",
      "日本 2",
    ]);
    expect(rows).toBe(60_000);
    expect(values).toEqual(Array.from({ length: 60_000 }, (_, index) => index));
    const before = lines.slice(0, 50_000).join("\n").split("\n").length;
    expect(captions[50_000]).toBe(`train.csv:${before + 2}`);
  });
});
