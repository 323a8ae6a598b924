import { readFile } from "node:fs/promises";
import path from "node:path";
import type { CaptionedImagesData } from "../../../core/experiment/file-data.ts";
import { dataFault, unreadable } from "../data-fault.ts";
import { dataSource, type LoadContext } from "../data-source.ts";
import type { Dataset } from "../dataset.ts";
import { chooseRows } from "./arrays/choose-rows.ts";
import { classLabels } from "./arrays/class-labels.ts";
import { type Caption, captionList } from "./captioned-images/caption-list.ts";
import { type ImageRows, readImages } from "./captioned-images/read-images.ts";
import { createWordRows } from "./text/word-rows.ts";

/** Pictures in a folder with captions in a JSON file. */
export const captionedImages = dataSource("captioned_images", async (data, context) => {
  const captions = await chooseCaptions(data, context);
  const images = await readImages(captions, imageFolder(data), data, context);
  const rows = images.rows.map((index) => captions[index]).filter((entry) => entry !== undefined);
  if (rows.length === 0)
    throw dataFault(data.path, "no row is left to train on", "Check the images");
  const texts = createWordRows(rows.length, data.length);
  for (const [row, { text }] of rows.entries()) if (text !== undefined) texts.set(row, text);
  reportMissing(rows, images, context);
  const groups = groupsOf(rows);
  return {
    rows: rows.length,
    modalities: [imageModality(images, data.image_size), texts.modality("text")],
    ...labelsOf(rows),
    ...(groups === undefined ? {} : { groups }),
    captions: rows.map(({ text = "" }) => text),
    thumbnails: {
      width: data.image_size,
      height: data.image_size,
      rgb: Uint8Array.from(images.pixels, (value) => Math.round(value * 255)),
    },
  } satisfies Dataset;
});

async function chooseCaptions(
  data: CaptionedImagesData,
  context: LoadContext,
): Promise<readonly Caption[]> {
  const file = path.resolve(context.folder, data.path);
  const bytes = await readFile(file).catch((error: unknown) => {
    throw unreadable(data.path, error);
  });
  const all = captionList(bytes, data.path);
  const wanted = data.captions === "all" ? all : firstOfEach(all);
  return Array.from(chooseRows(wanted.length, data, context), (row) => wanted[row]).filter(
    (caption) => caption !== undefined,
  );
}

function firstOfEach(captions: readonly Caption[]): readonly Caption[] {
  const seen = new Set<string>();
  return captions.filter(({ image }) => {
    const isFirst = !seen.has(image);
    seen.add(image);
    return isFirst;
  });
}

/** As the experiment names it. */
function imageFolder({ images, path: file }: CaptionedImagesData): string {
  return images ?? path.posix.dirname(file);
}

function imageModality({ pixels, present }: ImageRows, size: number) {
  return {
    name: "image",
    kind: "image",
    shape: [size, size, 3],
    data: pixels,
    present,
    contentOf: Int32Array.from(present.keys()),
  } as const;
}

/** @throws {UserError} If some rows have a label and others none. */
function labelsOf(rows: readonly Caption[]) {
  const labelled = rows.filter(({ label }) => label !== undefined);
  if (labelled.length === 0) return { classes: [], labels: new Int32Array(0) };
  const without = rows.find(({ label }) => label === undefined);
  if (without === undefined) return classLabels(rows.map(({ label = "" }) => label));
  throw dataFault(
    without.place,
    `it has no label, ${labelled.length} of ${rows.length} have one`,
    "Give every entry a label, or none",
  );
}

/** Rows of one image belong together. */
function groupsOf(rows: readonly Caption[]): Int32Array | undefined {
  const places = new Map<string, number>();
  for (const { image } of rows) if (!places.has(image)) places.set(image, places.size);
  if (places.size === rows.length) return undefined;
  return Int32Array.from(rows, ({ image }) => places.get(image) ?? 0);
}

function reportMissing(
  rows: readonly Caption[],
  { present }: ImageRows,
  { report }: LoadContext,
): void {
  const withoutText = rows.filter(({ text }) => text === undefined).length;
  if (withoutText > 0) report(`${withoutText} of ${rows.length} rows have no caption`);
  const withoutImage = present.reduce((sum, bit) => sum + 1 - bit, 0);
  if (withoutImage > 0) report(`${withoutImage} of ${rows.length} rows have no image`);
}
