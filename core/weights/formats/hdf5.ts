import type { ByteSource } from "../../formats/byte-source.ts";
import { meteredBytes } from "../../formats/metered-bytes.ts";
import type { Inflate } from "../../formats/zip-members.ts";
import { Hdf5Fault, readBlock } from "../hdf5/cursor.ts";
import { type Hdf5File, readDataset } from "../hdf5/dataset.ts";
import { type GroupLink, readGroup } from "../hdf5/group.ts";
import { readObjectHeader } from "../hdf5/object-header.ts";
import { memberOpener } from "../member-opener.ts";
import type { StoredTensor, WeightFile, WeightFileProblem, WeightFormat } from "../weight-file.ts";

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** Where Keras keeps the weights in its archive. */
const KERAS_MEMBER = "model.weights.h5";
const MOST_OBJECTS = 1_000_000;
/** Headers and indexes that were read, as a multiple of the file and in all. */
const MOST_READ = { times: 4, atLeast: 1 << 26, atMost: 2 ** 31 };

/**
 * An HDF5 file, or Keras' archive with one inside: every dataset of numbers, in one piece or in chunks.
 *
 * @see https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html
 */
export const hdf5: WeightFormat = {
  id: "hdf5",
  title: "HDF5 and Keras",
  endings: [".h5", ".hdf5", ".keras"],
  recognises: ({ head, members }) =>
    SIGNATURE.every((byte, index) => head[index] === byte) ||
    (members?.some(({ name }) => name === KERAS_MEMBER) ?? false),
  async open({ bytes, members, inflate }) {
    const member = members?.find(({ name }) => name === KERAS_MEMBER);
    if (member === undefined) return openFile(bytes, inflate, "HDF5");
    return openFile(await memberOpener({ bytes, inflate })(member), inflate, "Keras");
  },
};

async function openFile(
  values: ByteSource,
  inflate: Inflate,
  format: string,
): Promise<WeightFile | WeightFileProblem> {
  const file: Hdf5File = { values, headers: headersOf(values), inflate };
  const start = await orProblem(readSuperblock(file.headers));
  if ("problem" in start) return start;
  const { root, end } = start;
  const tensors: StoredTensor[] = [];
  const problems: string[] = [];
  if (end > values.sizeBytes) {
    problems.push(`truncated: it should have ${end} bytes, ${values.sizeBytes} are there`);
  }
  const seen = new Set<number>();
  const waiting: GroupLink[] = [{ name: "", address: root }];
  for (let link = waiting.shift(); link !== undefined; link = waiting.shift()) {
    // A second name of the same object, or a circle.
    if (seen.has(link.address) || seen.size > MOST_OBJECTS) continue;
    seen.add(link.address);
    const found = await orProblem(readObject(file, link));
    if ("links" in found) waiting.unshift(...found.links);
    else if ("problem" in found) problems.push(`\`${link.name || "/"}\`: ${found.problem}`);
    else tensors.push(found);
  }
  return { format, tensors, problems };
}

/** A hostile file's headers may lie over one another, so that each is longer than it seems. */
function headersOf(file: ByteSource): ByteSource {
  const { times, atLeast, atMost } = MOST_READ;
  const most = Math.min(atMost, Math.max(atLeast, times * file.sizeBytes));
  return meteredBytes(file, most, () => new Hdf5Fault("its headers lead around in circles"));
}

/** Damage as a value. */
async function orProblem<Value>(reading: Promise<Value>): Promise<Value | WeightFileProblem> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Hdf5Fault) return { problem: error.message };
    throw error;
  }
}

interface Superblock {
  /** Address of the root group's header. */
  readonly root: number;
  /** Bytes that the file should have. */
  readonly end: number;
}

async function readSuperblock(file: ByteSource): Promise<Superblock> {
  const block = await readBlock(file, 0, Math.min(file.sizeBytes, 96));
  block.skip(SIGNATURE.length);
  const version = block.unsigned(1);
  if (version > 3) throw new Hdf5Fault(`its superblock is of version ${version}; read are 0 to 3`);
  block.skip(version < 2 ? 4 : 0);
  const [offsets, lengths] = [block.unsigned(1), block.unsigned(1)];
  if (offsets !== 8 || lengths !== 8) {
    throw new Hdf5Fault(`its addresses have ${offsets} bytes; read are those of 8`);
  }
  // Sizes of trees and flags, then base and free space, or an extension.
  block.skip([9, 13, 1, 1][version] ?? 0);
  block.skip(16);
  const end = block.address();
  // The driver, and the name of the root.
  block.skip(version < 2 ? 16 : 0);
  return { root: block.address(), end };
}

async function readObject(
  file: Hdf5File,
  { name, address }: GroupLink,
): Promise<StoredTensor | { readonly problem: string } | { readonly links: GroupLink[] }> {
  const messages = await readObjectHeader(file.headers, address);
  const links = await readGroup(file.headers, messages);
  if (links !== undefined) {
    const prefix = name === "" ? "" : `${name}/`;
    return { links: links.map((link) => ({ ...link, name: `${prefix}${link.name}` })) };
  }
  const dataset = readDataset(file, messages);
  if (dataset === undefined) return { problem: "it is neither group nor dataset" };
  return "problem" in dataset ? dataset : { name, ...dataset };
}
