import { type ByteSource, sliceOf } from "../../formats/byte-source.ts";
import { joinedBytes } from "../../formats/joined-bytes.ts";
import { isJsonObject, type JsonObject, parseJsonObject } from "../../formats/json-object.ts";
import { decodeUtf8 } from "../../formats/utf8.ts";
import {
  elementsOf,
  type StoredTensor,
  WEIGHT_DTYPES,
  type WeightDtype,
  type WeightFile,
  type WeightFileProblem,
  type WeightFormat,
  type WeightSource,
} from "../weight-file.ts";

const MAX_MODEL_BYTES = 200_000_000;
/** Of a group; a model of 40 GB in the usual files of 4 MB. */
const MOST_FILES = 10_000;
const BRACE = 0x7b;

/** Types as they are stored; texts and complex numbers are no weights. */
const STORED: ReadonlyMap<string, WeightDtype> = new Map([
  ["float32", "float32"],
  ["float16", "float16"],
  ["int32", "int32"],
  ["uint8", "uint8"],
  ["uint16", "uint16"],
  ["bool", "bool"],
]);

/**
 * A TensorFlow.js model: `model.json` and the binary files it names, in groups that are read as one.
 *
 * Quantized weights are shown as the numbers that they stand for.
 */
export const tensorflowJs: WeightFormat = {
  id: "tensorflow-js",
  title: "TensorFlow.js",
  endings: ["model.json"],
  recognises: ({ name, head }) => name.endsWith(".json") && head.includes(BRACE),
  async open(source) {
    const { bytes } = source;
    if (bytes.sizeBytes > MAX_MODEL_BYTES) {
      return { problem: `its ${bytes.sizeBytes} bytes are no model.json` };
    }
    const model = parseJsonObject(decodeUtf8(await bytes.read(0, bytes.sizeBytes)) ?? "");
    const { weightsManifest: groups } = model ?? {};
    if (!Array.isArray(groups)) return { problem: "it has no `weightsManifest`" };
    return openGroups(groups.filter(isJsonObject), source);
  },
};

async function openGroups(
  groups: readonly JsonObject[],
  { sibling }: WeightSource,
): Promise<WeightFile | WeightFileProblem> {
  const tensors: StoredTensor[] = [];
  const problems: string[] = [];
  for (const { paths, weights } of groups) {
    if (!isTexts(paths) || !Array.isArray(weights)) {
      return { problem: "a group of its `weightsManifest` lacks paths or weights" };
    }
    if (paths.length > MOST_FILES) {
      return { problem: `it names ${paths.length} files; more than ${MOST_FILES} are not opened` };
    }
    const parts = await Promise.all(paths.map(sibling));
    const missing = paths.filter((_, index) => parts[index] === undefined);
    if (missing.length > 0) {
      problems.push(`${weights.length} weights are missing with \`${missing.join("`, `")}\``);
      continue;
    }
    addGroup(weights.filter(isJsonObject), joinedBytes(parts.filter(isThere)), {
      tensors,
      problems,
    });
  }
  return { format: "TensorFlow.js", tensors, problems };
}

/** Weights lie one after the other; after one of unknown size none can be found. */
function addGroup(
  weights: readonly JsonObject[],
  bytes: ByteSource,
  found: { readonly tensors: StoredTensor[]; readonly problems: string[] },
): void {
  let start = 0;
  for (const weight of weights) {
    const entry = entryOf(weight);
    if ("problem" in entry) {
      found.problems.push(`${entry.problem}; the weights of its group behind it cannot be found`);
      return;
    }
    const end = start + elementsOf(entry.shape) * WEIGHT_DTYPES[entry.dtype];
    if (!(end <= bytes.sizeBytes)) {
      found.problems.push(
        `\`${entry.name}\` needs bytes up to ${end}, its files have ${bytes.sizeBytes}`,
      );
      return;
    }
    found.tensors.push({ ...entry, bytes: sliceOf(bytes, start, end) });
    start = end;
  }
}

function entryOf({
  name,
  shape,
  dtype,
  quantization,
}: JsonObject): Omit<StoredTensor, "bytes"> | { readonly problem: string } {
  if (typeof name !== "string" || !isSizes(shape))
    return { problem: "a weight has no name or shape" };
  const { dtype: packed, scale, min } = isJsonObject(quantization) ? quantization : {};
  const stored = STORED.get(String(packed ?? dtype));
  if (stored === undefined) return { problem: `\`${name}\` is of ${packed ?? dtype}` };
  const entry = { name, shape, dtype: stored };
  return typeof scale === "number" && typeof min === "number"
    ? { ...entry, quantization: { scale, min } }
    : entry;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((side) => Number.isSafeInteger(side) && side >= 0);
}

function isThere(bytes: ByteSource | undefined): bytes is ByteSource {
  return bytes !== undefined;
}
