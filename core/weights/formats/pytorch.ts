import type { ByteSource } from "../../formats/byte-source.ts";
import { readPickle } from "../../formats/pickle.ts";
import { decodeUtf8Lossy } from "../../formats/utf8.ts";
import type { ZipEntry } from "../../formats/zip-directory.ts";
import { storedMember, zipMember } from "../../formats/zip-members.ts";
import { collectTensors, type PickledTensor } from "../pytorch/collect-tensors.ts";
import { viewOfStorage } from "../pytorch/view-of-storage.ts";
import {
  type StoredTensor,
  WEIGHT_DTYPES,
  type WeightFile,
  type WeightFileProblem,
  type WeightFormat,
  type WeightSource,
} from "../weight-file.ts";

const PICKLE_ENDING = "/data.pkl";
/** Tensors are outside of the pickle; one of this size describes millions of them, or is a bomb. */
const MAX_PICKLE_BYTES = 1 << 26;
const PROTOCOL_START = 0x80;
const BRACE = 0x7b;

/**
 * What `torch.save` has written since PyTorch 1.6: a ZIP file of a pickle and the storages it names.
 *
 * The pickle is read as data: of all that it asks Python to call, only tensors are understood, and
 * the rest is left out with its name.
 */
export const pytorch: WeightFormat = {
  id: "pytorch",
  title: "PyTorch",
  endings: [".pt", ".pth", ".ckpt", ".bin"],
  recognises: ({ head, members }) => members?.some(isPickle) ?? isBarePickle(head),
  async open(source) {
    const pickle = source.members?.find(isPickle);
    if (pickle === undefined) {
      return {
        problem:
          "it is a bare pickle, which PyTorch wrote before version 1.6 and others still do; load it there and save it again",
      };
    }
    return openArchive(source, pickle);
  },
};

/** The length of a safetensors header may look like a pickle's first bytes; its brace follows then. */
function isBarePickle(head: Uint8Array): boolean {
  const [start, protocol = 0] = head;
  return start === PROTOCOL_START && protocol >= 2 && protocol <= 5 && head[8] !== BRACE;
}

function isPickle({ name }: ZipEntry): boolean {
  return name.endsWith(PICKLE_ENDING);
}

async function openArchive(
  source: WeightSource,
  pickle: ZipEntry,
): Promise<WeightFile | WeightFileProblem> {
  if (pickle.sizeBytes > MAX_PICKLE_BYTES) {
    return { problem: `its pickle of ${pickle.sizeBytes} bytes is larger than any of tensors` };
  }
  const folder = pickle.name.slice(0, -PICKLE_ENDING.length);
  const members = new Map((source.members ?? []).map((entry) => [entry.name, entry]));
  const order = members.get(`${folder}/byteorder`);
  if (order !== undefined && decodeUtf8Lossy(await whole(source, order)) === "big") {
    return { problem: "it is big-endian; load it and save it on a usual machine" };
  }
  const read = readPickle(await whole(source, pickle));
  if ("problem" in read) return read;
  const { tensors: found, leftOut } = collectTensors(read.value);
  const storages = new Map<string, ByteSource>();
  const tensors: StoredTensor[] = [];
  const problems = [...leftOut];
  for (const tensor of found) {
    const bytes = await storageOf(
      source,
      members.get(`${folder}/data/${tensor.storage}`),
      storages,
    );
    const stored = bytes === undefined ? missing(tensor) : asStored(tensor, bytes);
    if ("problem" in stored) problems.push(`\`${tensor.name}\`: ${stored.problem}`);
    else tensors.push(stored);
  }
  return { format: "PyTorch", tensors, problems };
}

/** One source a storage, however many tensors share it. */
async function storageOf(
  source: WeightSource,
  entry: ZipEntry | undefined,
  known: Map<string, ByteSource>,
): Promise<ByteSource | undefined> {
  if (entry === undefined) return undefined;
  const held = known.get(entry.name);
  if (held !== undefined) return held;
  const bytes = await memberOf(source, entry);
  known.set(entry.name, bytes);
  return bytes;
}

async function memberOf({ bytes, inflate }: WeightSource, entry: ZipEntry): Promise<ByteSource> {
  return entry.method === "stored" ? storedMember(bytes, entry) : zipMember(bytes, entry, inflate);
}

async function whole(source: WeightSource, entry: ZipEntry): Promise<Uint8Array> {
  return (await memberOf(source, entry)).read(0, entry.sizeBytes);
}

function missing({ storage }: PickledTensor) {
  return { problem: `its storage \`data/${storage}\` is not in the file` };
}

function asStored(
  tensor: PickledTensor,
  storage: ByteSource,
): StoredTensor | { readonly problem: string } {
  const { name, dtype, shape } = tensor;
  const view = viewOfStorage(storage, tensor, WEIGHT_DTYPES[dtype]);
  return "problem" in view ? view : { name, dtype, shape, ...view };
}
