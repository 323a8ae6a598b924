import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { dataFault, unreadable } from "../data-fault.ts";
import { dataSource, type LoadContext } from "../data-source.ts";
import type { Dataset } from "../dataset.ts";
import { chooseRows } from "./arrays/choose-rows.ts";
import { decodeText } from "./text/decode-text.ts";
import { createWordRows } from "./text/word-rows.ts";

const CLASSES = ["neg", "pos"];
const ENDING = ".txt";
const LINE_BREAK = "<br />";
/** Reviews from one message to the next. */
const ROWS_PER_MESSAGE = 5000;
const CAPTION_LETTERS = 160;

interface Review {
  readonly path: string;
  /** From the folder of the experiment file. */
  readonly name: string;
  readonly label: number;
  readonly isTest: boolean;
}

/** Film reviews as they are published: `train/pos/0_9.txt`, `train/neg`, `test/pos`, `test/neg`. */
export const imdb = dataSource("imdb", async (data, context) => {
  const reviews = await findReviews(path.resolve(context.folder, data.path), data.path, context);
  const chosen = chooseRows(reviews.length, data, context);
  const rows = Array.from(chosen, (row) => reviews[row]).filter((review) => review !== undefined);
  const texts = createWordRows(rows.length, data.length);
  const captions: string[] = [];
  for (const [row, review] of rows.entries()) {
    context.signal.throwIfAborted();
    const text = await readReview(review);
    texts.set(row, text);
    captions.push(text.slice(0, CAPTION_LETTERS));
    if ((row + 1) % ROWS_PER_MESSAGE === 0) {
      context.report(`Read ${row + 1} of ${rows.length} reviews of ${data.path}`);
    }
  }
  const testRows = Int32Array.from(rows.keys()).filter((row) => rows[row]?.isTest === true);
  return {
    rows: rows.length,
    modalities: [texts.modality("text")],
    classes: CLASSES,
    labels: Int32Array.from(rows, ({ label }) => label),
    ...(testRows.length > 0 ? { testRows } : {}),
    captions,
  } satisfies Dataset;
});

/** Training reviews first, each folder by the numbers of its files. */
async function findReviews(
  folder: string,
  name: string,
  { report }: LoadContext,
): Promise<readonly Review[]> {
  const reviews: Review[] = [];
  for (const part of ["train", "test"]) {
    const isTest = part === "test";
    for (const [label, kind] of CLASSES.entries()) {
      const place = path.posix.join(name, part, kind);
      const files = await textFiles(path.join(folder, part, kind), place, isTest);
      reviews.push(
        ...files.map((file) => ({
          path: path.join(folder, part, kind, file),
          name: path.posix.join(place, file),
          label,
          isTest,
        })),
      );
    }
  }
  if (!reviews.some(({ isTest }) => isTest)) {
    report(`${name} has no reviews in test: the test part is drawn from the others`);
  }
  return reviews;
}

async function textFiles(
  folder: string,
  name: string,
  isOptional: boolean,
): Promise<readonly string[]> {
  const files = await entriesOf(folder, name, isOptional);
  const texts = files.filter((file) => file.endsWith(ENDING));
  if (texts.length === 0 && !isOptional) {
    throw dataFault(
      name,
      "there are no reviews (*.txt) in it",
      "Give the folder aclImdb as it is published, with train/pos, train/neg, test/pos and test/neg",
    );
  }
  return texts.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

async function entriesOf(
  folder: string,
  name: string,
  isOptional: boolean,
): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const isAbsent = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (isAbsent && isOptional) return [];
    throw unreadable(name, error);
  }
}

async function readReview(review: Review): Promise<string> {
  const bytes = await readFile(review.path).catch((error: unknown) => {
    throw unreadable(review.name, error);
  });
  const text = decodeText(bytes, review.name).replaceAll(LINE_BREAK, " ").trim();
  if (text === "")
    throw dataFault(review.name, "the review is empty", "Remove the file or fill it");
  return text;
}
