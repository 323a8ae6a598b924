import { type ByteSource, sliceOf } from "../../formats/byte-source.ts";
import { readSafetensorsHeader } from "../../formats/read-safetensors-header.ts";
import type { SafetensorsDtype, SafetensorsHeader } from "../../formats/safetensors-header.ts";
import { openPartIndex } from "../part-index.ts";
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
  open(source) {
    return source.name.endsWith(INDEX_ENDING)
      ? openPartIndex(source, "safetensors", openFile)
      : openFile(source.bytes);
  },
};

async function openFile(bytes: ByteSource): Promise<WeightFile | WeightFileProblem> {
  const header = await readSafetensorsHeader(bytes);
  if ("problem" in header) return header;
  const problems = header.foreign.map(({ name, dtype }) => {
    return `\`${name}\`: its type ${dtype} is not read here`;
  });
  return { format: "safetensors", tensors: tensorsOf(header, bytes), problems };
}

function tensorsOf({ entries }: SafetensorsHeader, bytes: ByteSource): StoredTensor[] {
  return entries.map(({ name, dtype, shape, begin, end }) => {
    return { name, dtype: DTYPES[dtype], shape, bytes: sliceOf(bytes, begin, end) };
  });
}
