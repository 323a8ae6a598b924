import { type ByteSource, sliceOf } from "../../formats/byte-source.ts";
import { isJsonObject, parseJsonObject } from "../../formats/json-object.ts";
import { readSafetensorsHeader } from "../../formats/read-safetensors-header.ts";
import type { SafetensorsDtype, SafetensorsHeader } from "../../formats/safetensors-header.ts";
import { decodeUtf8 } from "../../formats/utf8.ts";
import type {
  StoredTensor,
  WeightDtype,
  WeightFile,
  WeightFileProblem,
  WeightFormat,
} from "../weight-file.ts";

const DTYPES: Readonly<Record<SafetensorsDtype, WeightDtype>> = {
  BOOL: "bool",
  U8: "uint8",
  I8: "int8",
  I16: "int16",
  U16: "uint16",
  F8_E4M3: "float8_e4m3fn",
  F8_E5M2: "float8_e5m2",
  F16: "float16",
  BF16: "bfloat16",
  I32: "int32",
  U32: "uint32",
  F32: "float32",
  F64: "float64",
  I64: "int64",
  U64: "uint64",
};
const INDEX_ENDING = ".safetensors.index.json";
const MAX_INDEX_BYTES = 100_000_000;
const BRACE = 0x7b;

/**
 * A safetensors file, or the index of several that hold one model's tensors.
 *
 * @see https://github.com/huggingface/safetensors#format
 */
export const safetensors: WeightFormat = {
  id: "safetensors",
  title: "safetensors",
  endings: [".safetensors", INDEX_ENDING],
  recognises: ({ name, head }) =>
    name.endsWith(INDEX_ENDING) || name.endsWith(".safetensors") || head[8] === BRACE,
  async open({ name, bytes, sibling }) {
    if (name.endsWith(INDEX_ENDING)) return openIndex(bytes, sibling);
    const header = await readSafetensorsHeader(bytes);
    if ("problem" in header) return header;
    return { format: "safetensors", tensors: tensorsOf(header, bytes), problems: [] };
  },
};

function tensorsOf({ entries }: SafetensorsHeader, bytes: ByteSource): StoredTensor[] {
  return entries.map(({ name, dtype, shape, begin, end }) => {
    return { name, dtype: DTYPES[dtype], shape, bytes: sliceOf(bytes, begin, end) };
  });
}

/** Parts that are not there are told, the others are shown. */
async function openIndex(
  bytes: ByteSource,
  sibling: (name: string) => Promise<ByteSource | undefined>,
): Promise<WeightFile | WeightFileProblem> {
  const parts = await readIndex(bytes);
  if ("problem" in parts) return parts;
  const tensors: StoredTensor[] = [];
  const problems: string[] = [];
  for (const [part, names] of parts.names) {
    const file = await sibling(part);
    const header =
      file === undefined ? { problem: "it is missing" } : await readSafetensorsHeader(file);
    if (file === undefined || "problem" in header) {
      const why = "problem" in header ? header.problem : "it is missing";
      problems.push(`Part \`${part}\` with ${names.size} tensors: ${why}`);
      continue;
    }
    const found = tensorsOf(header, file).filter(({ name }) => names.delete(name));
    tensors.push(...found);
    if (names.size > 0) {
      const [first] = names;
      problems.push(`Part \`${part}\` lacks ${names.size} tensors of the index, such as ${first}`);
    }
  }
  return { format: "safetensors", tensors, problems };
}

/** Names of the tensors that each part should hold, by the part's file name. */
async function readIndex(
  bytes: ByteSource,
): Promise<{ readonly names: ReadonlyMap<string, Set<string>> } | WeightFileProblem> {
  if (bytes.sizeBytes > MAX_INDEX_BYTES) {
    return { problem: `its ${bytes.sizeBytes} bytes are no index of a model` };
  }
  const map = weightMap(decodeUtf8(await bytes.read(0, bytes.sizeBytes)) ?? "");
  if (map === undefined) return { problem: "it is no index: it has no `weight_map` of texts" };
  const names = new Map<string, Set<string>>();
  for (const [tensor, part] of map) {
    const known = names.get(part) ?? new Set();
    names.set(part, known.add(tensor));
  }
  return { names };
}

function weightMap(text: string): readonly (readonly [string, string])[] | undefined {
  const { weight_map: map } = parseJsonObject(text) ?? {};
  if (!isJsonObject(map)) return undefined;
  const pairs = Object.entries(map);
  const texts = pairs.filter((pair): pair is [string, string] => typeof pair[1] === "string");
  return texts.length === pairs.length ? texts : undefined;
}
