import type { ByteSource } from "../../formats/byte-source.ts";
import { storedMember, zipMember } from "../../formats/zip-members.ts";
import { Hdf5Fault, readBlock } from "../hdf5/cursor.ts";
import { readDataset } from "../hdf5/dataset.ts";
import { type GroupLink, readGroup } from "../hdf5/group.ts";
import { readObjectHeader } from "../hdf5/object-header.ts";
import type { StoredTensor, WeightFile, WeightFileProblem, WeightFormat } from "../weight-file.ts";

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** Where Keras keeps the weights in its archive. */
const KERAS_MEMBER = "model.weights.h5";
const MOST_OBJECTS = 1_000_000;

/**
 * An HDF5 file, or Keras' archive with one inside: every dataset of numbers that is stored in one piece.
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
    if (member === undefined) return openFile(bytes, "HDF5");
    const inner =
      member.method === "stored"
        ? await storedMember(bytes, member)
        : zipMember(bytes, member, inflate);
    return openFile(inner, "Keras");
  },
};

async function openFile(file: ByteSource, format: string): Promise<WeightFile | WeightFileProblem> {
  const root = await orProblem(rootOf(file));
  if (typeof root === "object") return root;
  const tensors: StoredTensor[] = [];
  const problems: string[] = [];
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

/** Damage as a value. */
async function orProblem<Value>(reading: Promise<Value>): Promise<Value | WeightFileProblem> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Hdf5Fault) return { problem: error.message };
    throw error;
  }
}

/** Address of the root group's header, by the superblock. */
async function rootOf(file: ByteSource): Promise<number> {
  const block = await readBlock(file, 0, Math.min(file.sizeBytes, 96));
  block.skip(SIGNATURE.length);
  const version = block.unsigned(1);
  if (version > 3) throw new Hdf5Fault(`its superblock is of version ${version}; read are 0 to 3`);
  block.skip(version < 2 ? 4 : 0);
  const [offsets, lengths] = [block.unsigned(1), block.unsigned(1)];
  if (offsets !== 8 || lengths !== 8) {
    throw new Hdf5Fault(`its addresses have ${offsets} bytes; read are those of 8`);
  }
  if (version >= 2) {
    // Flags, base, extension and end of the file.
    block.skip(1 + 24);
    return block.address();
  }
  // Sizes of trees and flags, then base, free space, end, driver, and the name of the root.
  block.skip((version === 1 ? 13 : 9) + 32 + 8);
  return block.address();
}

async function readObject(
  file: ByteSource,
  { name, address }: GroupLink,
): Promise<StoredTensor | { readonly problem: string } | { readonly links: GroupLink[] }> {
  const messages = await readObjectHeader(file, address);
  const links = await readGroup(file, messages);
  if (links !== undefined) {
    const prefix = name === "" ? "" : `${name}/`;
    return { links: links.map((link) => ({ ...link, name: `${prefix}${link.name}` })) };
  }
  const dataset = readDataset(file, messages);
  if (dataset === undefined) return { problem: "it is neither group nor dataset" };
  return "problem" in dataset ? dataset : { name, ...dataset };
}
