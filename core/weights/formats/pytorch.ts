import type { ByteSource } from "../../formats/byte-source.ts";
import { readPickle } from "../../formats/pickle.ts";
import { swappedBytes } from "../../formats/swapped-bytes.ts";
import { decodeUtf8Lossy } from "../../formats/utf8.ts";
import type { ZipEntry } from "../../formats/zip-directory.ts";
import { ZipMemberFault, zipEntries } from "../../formats/zip-members.ts";
import { memberOpener } from "../member-opener.ts";
import { openPartIndex } from "../part-index.ts";
import { collectTensors, type PickledTensor } from "../pytorch/collect-tensors.ts";
import { viewOfStorage } from "../pytorch/view-of-storage.ts";
import {
  HEAD_BYTES,
  type StoredTensor,
  WEIGHT_DTYPES,
  type WeightFile,
  type WeightFileProblem,
  type WeightFormat,
  type WeightSource,
} from "../weight-file.ts";

const PICKLE_ENDING = "/data.pkl";
const INDEX_ENDING = ".bin.index.json";
const BARE_PICKLE =
  "it is a bare pickle, which PyTorch wrote before version 1.6 and others still do; load it there and save it again";
const TAR =
  "it is a tar archive; unpack it, or if torch.save wrote it, before PyTorch 0.2, load it and save it again";
/** Where the head of a tar archive says that it is one. */
const TAR_MARK = { at: 257, text: "ustar" };
/** Tensors are outside of the pickle; one of this size describes millions of them, or is a bomb. */
const MAX_PICKLE_BYTES = 1 << 26;
/** A word: "little" or "big". */
const LONGEST_ORDER_BYTES = 64;
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
  endings: [".pt", ".pth", ".ckpt", ".bin", INDEX_ENDING],
  recognises: ({ name, head, members }) =>
    name.endsWith(INDEX_ENDING) || (members?.some(isPickle) ?? (isBarePickle(head) || isTar(head))),
  open(source) {
    return source.name.endsWith(INDEX_ENDING)
      ? openPartIndex(source, "PyTorch", (bytes) => openPart(source, bytes))
      : openFile(source);
  },
};

async function openFile(source: WeightSource): Promise<WeightFile | WeightFileProblem> {
  const pickle = source.members?.find(isPickle);
  if (pickle !== undefined) return openArchive(source, pickle);
  return { problem: isTar(source.head) ? TAR : BARE_PICKLE };
}

/** One of several files that hold a model. */
async function openPart(
  source: WeightSource,
  bytes: ByteSource,
): Promise<WeightFile | WeightFileProblem> {
  const head = await bytes.read(0, Math.min(HEAD_BYTES, bytes.sizeBytes));
  if (isBarePickle(head)) return { problem: BARE_PICKLE };
  const members = await zipEntries(bytes);
  if ("problem" in members) return members;
  const pickle = members.find(isPickle);
  if (pickle === undefined) return { problem: "it is a ZIP file without a pickle" };
  return openArchive({ ...source, bytes, head, members }, pickle);
}

/** The length of a safetensors header may look like a pickle's first bytes; its brace follows then. */
function isBarePickle(head: Uint8Array): boolean {
  const [start, protocol = 0] = head;
  return start === PROTOCOL_START && protocol >= 2 && protocol <= 5 && head[8] !== BRACE;
}

function isTar(head: Uint8Array): boolean {
  const { at, text } = TAR_MARK;
  return decodeUtf8Lossy(head.subarray(at, at + text.length)) === text;
}

function isPickle({ name }: ZipEntry): boolean {
  return name.endsWith(PICKLE_ENDING);
}

type OpenMember = (entry: ZipEntry) => Promise<ByteSource>;

async function openArchive(
  source: WeightSource,
  pickle: ZipEntry,
): Promise<WeightFile | WeightFileProblem> {
  if (pickle.sizeBytes > MAX_PICKLE_BYTES) {
    return { problem: `its pickle of ${pickle.sizeBytes} bytes is larger than any of tensors` };
  }
  const folder = pickle.name.slice(0, -PICKLE_ENDING.length);
  const members = new Map((source.members ?? []).map((entry) => [entry.name, entry]));
  const open = memberOpener(source);
  const isBigEndian = await saysBigEndian(open, members.get(`${folder}/byteorder`));
  const read = readPickle(await whole(open, pickle));
  if ("problem" in read) return read;
  const { tensors: found, leftOut } = collectTensors(read.value);
  const storages = new Map<string, ByteSource | WeightFileProblem>();
  const tensors: StoredTensor[] = [];
  const problems = [...leftOut];
  for (const tensor of found) {
    const key = `data/${tensor.storage}`;
    const bytes =
      storages.get(key) ?? (await storageOf(open, members.get(`${folder}/${key}`), key));
    storages.set(key, bytes);
    const stored = "problem" in bytes ? bytes : asStored(tensor, bytes, isBigEndian);
    if ("problem" in stored) problems.push(`\`${tensor.name}\`: ${stored.problem}`);
    else tensors.push(stored);
  }
  return { format: "PyTorch", tensors, problems };
}

async function storageOf(
  open: OpenMember,
  entry: ZipEntry | undefined,
  key: string,
): Promise<ByteSource | WeightFileProblem> {
  if (entry === undefined) return { problem: `its storage \`${key}\` is not in the file` };
  try {
    return await open(entry);
  } catch (error) {
    if (error instanceof ZipMemberFault) return { problem: error.message };
    throw error;
  }
}

async function saysBigEndian(open: OpenMember, order: ZipEntry | undefined): Promise<boolean> {
  if (order === undefined || order.sizeBytes > LONGEST_ORDER_BYTES) return false;
  return decodeUtf8Lossy(await whole(open, order)) === "big";
}

async function whole(open: OpenMember, entry: ZipEntry): Promise<Uint8Array> {
  return (await open(entry)).read(0, entry.sizeBytes);
}

function asStored(
  tensor: PickledTensor,
  storage: ByteSource,
  isBigEndian: boolean,
): StoredTensor | { readonly problem: string } {
  const { name, dtype, shape } = tensor;
  const itemBytes = WEIGHT_DTYPES[dtype];
  const view = viewOfStorage(storage, tensor, itemBytes);
  if ("problem" in view) return view;
  const bytes = isBigEndian ? swappedBytes(view.bytes, itemBytes) : view.bytes;
  return { name, dtype, shape, ...view, bytes };
}
