import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { ImdbData } from "../../../core/experiment/file-data.ts";
import { imdb } from "../../../trainer/src/data/imdb.ts";
import { dataFolder } from "../../support/data-folder.ts";

const SETTINGS: ImdbData = {
  source: "imdb",
  path: "aclImdb",
  vocabulary: 20_000,
  length: 6,
  max_rows: 1_000_000,
  seed: 0,
};
const REVIEWS = {
  "train/pos/0_9.txt": "Wonderful! It's great,<br /><br />great fun.",
  "train/pos/10_8.txt": "Great again",
  "train/pos/2_7.txt": "Fine",
  "train/neg/0_2.txt": "Dull, dull, dull. One two three four",
  "test/pos/0_10.txt": "Superb film",
  "test/neg/0_1.txt": "Awful film",
  "train/unsup/0_0.txt": "not read",
  "imdb.vocab": "the\nand\n",
};

async function load(
  files: Readonly<Record<string, string | Uint8Array>>,
  change: Partial<ImdbData> = {},
) {
  const context = dataFolder({});
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(context.folder, "aclImdb", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return { ...(await imdb.load({ ...SETTINGS, ...change }, context)), told: context.told };
}

describe("imdb", () => {
  test("reads both folders in the order of the numbers, the test folder as test part", async () => {
    const { rows, labels, classes, testRows, captions } = await load(REVIEWS);
    expect([rows, [...labels], classes]).toEqual([6, [0, 1, 1, 1, 0, 1], ["neg", "pos"]]);
    expect(captions).toEqual([
      "Dull, dull, dull. One two three four",
      "Wonderful! It's great,  great fun.",
      "Fine",
      "Great again",
      "Awful film",
      "Superb film",
    ]);
    expect(testRows).toEqual(Int32Array.of(4, 5));
  });

  test("makes a token of every word, without case, marks and tags, cut to the length", async () => {
    const { modalities } = await load(REVIEWS);
    const [text] = modalities;
    expect(text).toMatchObject({ name: "text", kind: "tokens", shape: [6] });
    const words = (row: number) =>
      Array.from(text!.data.subarray(row * 6, row * 6 + 6), (token) => text!.vocabulary?.[token]);
    expect(words(0)).toEqual(["dull", "dull", "dull", "one", "two", "three"]);
    expect(words(1)).toEqual(["wonderful", "it's", "great", "great", "fun", ""]);
  });

  test("draws the test part where the folder has none, and says so", async () => {
    const { testRows, told } = await load({
      "train/pos/0_9.txt": "Good",
      "train/neg/0_1.txt": "Bad",
    });
    expect(testRows).toBeUndefined();
    expect(told).toEqual([
      "aclImdb has no reviews in test: the test part is drawn from the others",
    ]);
  });

  test.each([
    ["a folder that is not there", {}, "aclImdb/train/neg: it cannot be read: it does not exist"],
    [
      "a folder without reviews",
      { "train/neg/a.md": "", "train/pos/0_9.txt": "x" },
      "aclImdb/train/neg: there are no reviews",
    ],
    [
      "an empty review",
      { ...REVIEWS, "train/neg/7_3.txt": " <br />\n" },
      "aclImdb/train/neg/7_3.txt: the review is empty",
    ],
    [
      "Latin-1",
      { ...REVIEWS, "train/neg/7_3.txt": Buffer.from("caf\xe9", "latin1") },
      "aclImdb/train/neg/7_3.txt: the text is not UTF-8",
    ],
  ])("tells %s", async (_name, files, message) => {
    await expect(load(files)).rejects.toThrow(message);
  });
});
