import { readFile } from "node:fs/promises";
import path from "node:path";
import type { CaptionedImagesData } from "../../../../core/experiment/file-data.ts";
import { dataFault } from "../../data-fault.ts";
import type { LoadContext } from "../../data-source.ts";
import { systemFault } from "../../system-fault.ts";
import { decodeImage } from "../images/decode-image.ts";
import { resizeByArea } from "../images/resize-by-area.ts";
import type { Caption } from "./caption-list.ts";

export interface ImageRows {
  /** Indices of the captions that are rows. */
  readonly rows: readonly number[];
  /** [rows, size, size, 3], 0..1. */
  readonly pixels: Float32Array;
  readonly present: Uint8Array;
}

/** Images from one message to the next. */
const IMAGES_PER_MESSAGE = 1000;

/**
 * Reads the image of every caption, one file at a time, and brings it to the size asked for.
 *
 * @throws {UserError} At the first image that cannot be read, unless such rows are dropped or marked.
 */
export async function readImages(
  captions: readonly Caption[],
  folder: string,
  settings: CaptionedImagesData,
  { folder: base, signal, report }: LoadContext,
): Promise<ImageRows> {
  const { image_size: size, missing_images: policy } = settings;
  const width = size * size * 3;
  const pixels = new Float32Array(captions.length * width);
  const present = new Uint8Array(captions.length);
  const rows: number[] = [];
  const problems: string[] = [];
  let previous: { readonly image: string; readonly content: ImageContent } | undefined;
  for (const [index, caption] of captions.entries()) {
    await new Promise(setImmediate);
    signal.throwIfAborted();
    const { image, place } = caption;
    const content =
      previous?.image === image
        ? previous.content
        : await readImage(path.resolve(base, folder, image), size);
    previous = { image, content };
    if ("problem" in content) {
      const problem = `image ${path.posix.join(folder, image)}: ${content.problem}`;
      if (policy === "error") throw unreadableImage(place, problem);
      problems.push(`${place}: ${problem}`);
    } else {
      pixels.set(content.pixels, rows.length * width);
      present[rows.length] = 1;
    }
    if (policy === "mark" || "pixels" in content) rows.push(index);
    if ((index + 1) % IMAGES_PER_MESSAGE === 0)
      report(`Read ${index + 1} of ${captions.length} images`);
  }
  if (problems.length > 0) {
    const done = policy === "drop" ? "Dropped" : "Marked as missing";
    report(`${done} ${problems.length} of ${captions.length} images, the first at ${problems[0]}`);
  }
  return {
    rows,
    pixels: pixels.subarray(0, rows.length * width),
    present: present.subarray(0, rows.length),
  };
}

type ImageContent = { readonly pixels: Float32Array } | { readonly problem: string };

async function readImage(file: string, size: number): Promise<ImageContent> {
  const bytes = await readFile(file).catch((error: unknown) => ({ problem: systemFault(error) }));
  if ("problem" in bytes) return bytes;
  const image = decodeImage(bytes);
  return "problem" in image ? image : { pixels: resizeByArea(image, size) };
}

function unreadableImage(place: string, problem: string) {
  return dataFault(
    place,
    problem,
    "Correct the entry, or set `missing_images` under `data` to drop or mark",
  );
}
