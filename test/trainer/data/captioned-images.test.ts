import { encode as encodeJpeg } from "jpeg-js";
import { describe, expect, test } from "vitest";
import type { CaptionedImagesData } from "../../../core/experiment/file-data.ts";
import { captionedImages } from "../../../trainer/src/data/captioned-images.ts";
import { dataFolder } from "../../support/data-folder.ts";
import { pngOf } from "../../support/png-of.ts";

const SETTINGS: CaptionedImagesData = {
  source: "captioned_images",
  path: "captions.jsonl",
  image_size: 8,
  vocabulary: 100,
  length: 4,
  captions: "first",
  missing_images: "error",
  max_rows: 1_000_000,
  seed: 0,
};
const PICTURES = {
  "red.png": pngOf(20, 10, [255, 0, 0]),
  "grey.jpg": new Uint8Array(
    encodeJpeg({ width: 16, height: 16, data: new Uint8Array(1024).fill(128) }, 95).data,
  ),
};
const lines = (...values: readonly object[]) =>
  values.map((value) => JSON.stringify(value)).join("\n");
const RED = { image: "red.png", caption: "A red wall", label: "plain" };
const GREY = { file_name: "grey.jpg", text: "Grey, grey fog again here", label: "fog" };

async function load(
  captions: string,
  change: Partial<CaptionedImagesData> = {},
  files: Readonly<Record<string, Uint8Array>> = PICTURES,
) {
  const context = dataFolder({ "captions.jsonl": captions, ...files });
  const dataset = await captionedImages.load({ ...SETTINGS, ...change }, context);
  const [image, text] = dataset.modalities;
  return { ...dataset, image: image!, text: text!, told: context.told };
}

describe("captioned_images", () => {
  test("reads PNG and JPEG with their captions and labels, both usual namings of the keys", async () => {
    const { rows, image, text, captions, classes, labels, thumbnails } = await load(
      lines(RED, GREY),
    );
    expect([rows, captions]).toEqual([2, ["A red wall", "Grey, grey fog again here"]]);
    expect([classes, [...labels]]).toEqual([
      ["fog", "plain"],
      [1, 0],
    ]);
    expect(image.shape).toEqual([8, 8, 3]);
    expect([...image.data.subarray(0, 6)]).toEqual([1, 0, 0, 1, 0, 0]);
    expect(Math.abs((image.data[200] ?? 0) - 128 / 255)).toBeLessThan(0.01);
    expect(thumbnails?.rgb[0]).toBe(255);
    const words = Array.from(text.data, (token) => text.vocabulary?.[token]);
    expect(words).toEqual(["a", "red", "wall", "", "grey", "grey", "fog", "again"]);
  });

  test("reads captions as COCO has them: the first of each image, or all in one group", async () => {
    const coco = JSON.stringify({
      images: [
        { id: 7, file_name: "red.png" },
        { id: 9, file_name: "grey.jpg" },
      ],
      annotations: [
        { image_id: 9, caption: "fog" },
        { image_id: 7, caption: "a wall" },
        { image_id: 9, caption: "mist" },
      ],
    });
    const first = await load(coco);
    expect([first.captions, first.groups, first.classes]).toEqual([
      ["fog", "a wall"],
      undefined,
      [],
    ]);
    const all = await load(coco, { captions: "all" });
    expect([all.captions, [...(all.groups ?? [])]]).toEqual([
      ["fog", "a wall", "mist"],
      [0, 1, 0],
    ]);
  });

  test("marks or drops what cannot be read, with counts, and stops where it is not told to", async () => {
    const text = lines(RED, { image: "none.png", caption: "x", label: "fog" }, GREY);
    await expect(load(text)).rejects.toThrow(
      "captions.jsonl:2: image none.png: it does not exist. Correct the entry, or set `missing_images`",
    );
    const marked = await load(text, { missing_images: "mark" });
    expect([[...marked.image.present], marked.rows]).toEqual([[1, 0, 1], 3]);
    expect(marked.told).toEqual([
      "Marked as missing 1 of 3 images, the first at captions.jsonl:2: image none.png: it does not exist",
      "1 of 3 rows have no image",
    ]);
    const dropped = await load(text, { missing_images: "drop" });
    expect([dropped.rows, [...dropped.image.present], dropped.classes]).toEqual([
      2,
      [1, 1],
      ["fog", "plain"],
    ]);
  });

  test("takes an empty caption for a missing one", async () => {
    const { text, told } = await load(lines({ ...RED, caption: " " }, GREY));
    expect([...text.present]).toEqual([0, 1]);
    expect(told).toEqual(["1 of 2 rows have no caption"]);
  });

  test.each([
    ["a line that is no JSON", `${lines(RED)}\n{oops\n`, /^captions\.jsonl:2: the line is no JSON/],
    [
      "a line without an image",
      lines(RED, { caption: "x" }),
      /^captions\.jsonl:2: it names no image/,
    ],
    [
      "labels on some rows",
      lines(RED, { ...GREY, label: undefined }),
      /^captions\.jsonl:2: it has no label, 1 of 2/,
    ],
    ["an empty file", "\n", /^captions\.jsonl: it has no captions/],
    [
      "no picture",
      lines({ image: "captions.jsonl", caption: "x" }),
      /image captions\.jsonl: it is neither a PNG nor/,
    ],
    [
      "COCO without captions",
      '{"images": [{"id": 1, "file_name": "red.png"}]}',
      /it has no list `annotations`/,
    ],
    [
      "an image_id of no image",
      '{"images": [{"id": 1, "file_name": "red.png"}], "annotations": [{"image_id": 2}]}',
      /annotations\[0\]: its image_id 2 is none of `images`/,
    ],
  ])("names the place of %s", async (_name, text, message) => {
    await expect(load(text)).rejects.toThrow(message);
  });

  test("stops when it is cancelled", async () => {
    const context = {
      ...dataFolder({ "captions.jsonl": lines(RED) }),
      signal: AbortSignal.abort(),
    };
    await expect(captionedImages.load(SETTINGS, context)).rejects.toThrow(/abort/i);
  });
});
