import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { dataFault, unreadable } from "../data-fault.ts";
import { dataSource, type LoadContext } from "../data-source.ts";
import type { Dataset } from "../dataset.ts";
import { chooseRows } from "./arrays/choose-rows.ts";
import { RECORD_BYTES, SIDE, unpackRecord } from "./cifar10/cifar-record.ts";
import { type NamedFile, withBytes } from "./files/open-bytes.ts";

const TEST_FILE = "test_batch.bin";
const NAMES_FILE = "batches.meta.txt";
const CLASSES = 10;
const WIDTH = SIDE * SIDE * 3;
/** Records that are in memory at a time, beside those that are kept. */
const CHUNK_RECORDS = 1000;

/** A file of records, the first of which is row `start` of all. */
interface Batch extends NamedFile {
  readonly records: number;
  readonly start: number;
  readonly isTest: boolean;
}

/** CIFAR-10 in its binary form: `data_batch_*.bin`, `test_batch.bin`, `batches.meta.txt`. */
export const cifar10 = dataSource("cifar10", async (data, context) => {
  const folder = path.resolve(context.folder, data.path);
  const batches = await findBatches(folder, data.path, context);
  const total = batches.reduce((sum, { records }) => sum + records, 0);
  const rows = chooseRows(total, data, context);
  const kept = {
    pixels: new Float32Array(rows.length * WIDTH),
    rgb: new Uint8Array(rows.length * WIDTH),
  };
  const labels = new Int32Array(rows.length);
  for (const batch of batches) await readBatch(batch, rows, { ...kept, labels }, context);
  const classes = await classNames(folder, data.path, context);
  const firstTest = batches.find(({ isTest }) => isTest)?.start ?? total;
  const testRows = Int32Array.from(rows.keys()).filter((index) => (rows[index] ?? 0) >= firstTest);
  return {
    rows: rows.length,
    modalities: [
      {
        name: "image",
        kind: "image",
        shape: [SIDE, SIDE, 3],
        data: kept.pixels,
        present: new Uint8Array(rows.length).fill(1),
        contentOf: Int32Array.from(rows.keys()),
      },
    ],
    classes,
    labels,
    ...(testRows.length > 0 ? { testRows } : {}),
    captions: Array.from(labels, (label) => classes[label] ?? ""),
    thumbnails: { width: SIDE, height: SIDE, rgb: kept.rgb },
  } satisfies Dataset;
});

async function findBatches(
  folder: string,
  name: string,
  context: LoadContext,
): Promise<readonly Batch[]> {
  const files = await entriesOf(folder, name);
  const training = files
    .filter((file) => file.startsWith("data_batch_") && file.endsWith(".bin"))
    .toSorted((a, b) => a.localeCompare(b, "en", { numeric: true }));
  if (training.length === 0) {
    throw dataFault(
      name,
      "there is no data_batch_1.bin in it",
      "Unpack the binary version of CIFAR-10 (cifar-10-binary.tar.gz) there",
    );
  }
  const hasTest = files.includes(TEST_FILE);
  if (!hasTest)
    context.report(`${name} has no ${TEST_FILE}: the test part is drawn from the others`);
  const batches: Batch[] = [];
  let start = 0;
  for (const file of [...training, ...(hasTest ? [TEST_FILE] : [])]) {
    const named = { path: path.join(folder, file), name: path.posix.join(name, file) };
    const records = await countRecords(named);
    batches.push({ ...named, records, start, isTest: file === TEST_FILE });
    start += records;
  }
  return batches;
}

async function entriesOf(folder: string, name: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw unreadable(name, error);
  }
}

function countRecords(file: NamedFile): Promise<number> {
  return withBytes(file, ({ sizeBytes }) => {
    if (sizeBytes > 0 && sizeBytes % RECORD_BYTES === 0)
      return Promise.resolve(sizeBytes / RECORD_BYTES);
    throw dataFault(
      file.name,
      `${sizeBytes} bytes are no whole number of records of ${RECORD_BYTES}`,
      "Unpack the file again; it must be the binary version of CIFAR-10",
    );
  });
}

interface Kept {
  readonly pixels: Float32Array;
  readonly rgb: Uint8Array;
  readonly labels: Int32Array;
}

async function readBatch(
  batch: Batch,
  rows: Int32Array,
  { pixels, rgb, labels }: Kept,
  { signal, report }: LoadContext,
): Promise<void> {
  report(`Reading ${batch.name}`);
  const place = new Map(Array.from(rows, (row, index) => [row, index]));
  await withBytes(batch, async (bytes) => {
    for (let first = 0; first < batch.records; first += CHUNK_RECORDS) {
      signal.throwIfAborted();
      const count = Math.min(CHUNK_RECORDS, batch.records - first);
      const chunk = await bytes.read(first * RECORD_BYTES, (first + count) * RECORD_BYTES);
      for (let record = 0; record < count; record++) {
        const content = chunk.subarray(record * RECORD_BYTES, (record + 1) * RECORD_BYTES);
        const label = content[0] ?? CLASSES;
        if (label >= CLASSES) throw wrongLabel(batch, first + record, label);
        const index = place.get(batch.start + first + record);
        if (index === undefined) continue;
        labels[index] = label;
        const [start, end] = [index * WIDTH, (index + 1) * WIDTH];
        unpackRecord(content, pixels.subarray(start, end), rgb.subarray(start, end));
      }
    }
  });
}

function wrongLabel({ name }: NamedFile, record: number, label: number) {
  return dataFault(
    `${name}, record ${record}`,
    `its class is ${label}, CIFAR-10 has 0 to ${CLASSES - 1}`,
    "Unpack the file again; it must be the binary version of CIFAR-10, not of CIFAR-100",
  );
}

async function classNames(
  folder: string,
  name: string,
  context: LoadContext,
): Promise<readonly string[]> {
  try {
    const text = await readFile(path.join(folder, NAMES_FILE), "utf8");
    const names = text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
    if (names.length === CLASSES) return names;
    throw dataFault(
      path.posix.join(name, NAMES_FILE),
      `it names ${names.length} classes, CIFAR-10 has ${CLASSES}`,
      "Correct or remove the file",
    );
  } catch (error) {
    const isAbsent = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isAbsent) throw error;
    context.report(`${name} has no ${NAMES_FILE}: classes are named by their numbers`);
    return Array.from({ length: CLASSES }, (_, label) => String(label));
  }
}
