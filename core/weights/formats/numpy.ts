import { type ByteSource, sliceOf } from "../../formats/byte-source.ts";
import { NPY_HEADER_ROOM, parseNpyHeader } from "../../formats/npy-header.ts";
import { swappedBytes } from "../../formats/swapped-bytes.ts";
import { storedMember, zipMember } from "../../formats/zip-members.ts";
import {
  isWeightDtype,
  type StoredTensor,
  type WeightFormat,
  type WeightSource,
} from "../weight-file.ts";

const NPY_START = 0x93;
const NPY_ENDING = ".npy";
/** Of each the header is unpacked before anything is shown. */
const MOST_ARRAYS = 1 << 16;

/**
 * A NumPy array, or an archive of them.
 *
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export const numpy: WeightFormat = {
  id: "numpy",
  title: "NumPy",
  endings: [".npy", ".npz"],
  recognises: ({ head, members }) =>
    head[0] === NPY_START || (members?.some(({ name }) => name.endsWith(NPY_ENDING)) ?? false),
  async open(source) {
    const { name, bytes, members } = source;
    if (members === undefined) {
      const tensor = await openArray(bytes, baseOf(name));
      return "problem" in tensor ? tensor : { format: "NumPy", tensors: [tensor], problems: [] };
    }
    const isPacked = members.some(({ method }) => method === "deflated");
    const found = { format: "NumPy", ...(await openMembers(source)) };
    return isPacked ? { ...found, isOneReader: true } : found;
  },
};

async function openMembers({ bytes, members = [], inflate }: WeightSource) {
  const tensors: StoredTensor[] = [];
  const problems: string[] = [];
  const arrays = members.filter((entry) => entry.name.endsWith(NPY_ENDING));
  if (arrays.length > MOST_ARRAYS) {
    problems.push(`Only the first ${MOST_ARRAYS} of its ${arrays.length} arrays are read`);
  }
  for (const entry of arrays.slice(0, MOST_ARRAYS)) {
    const name = baseOf(entry.name);
    const member =
      entry.method === "stored"
        ? await storedMember(bytes, entry)
        : zipMember(bytes, entry, inflate);
    const tensor = await openArray(member, name);
    if ("problem" in tensor) problems.push(`\`${name}\`: ${tensor.problem}`);
    else tensors.push(tensor);
  }
  return { tensors, problems };
}

function baseOf(name: string): string {
  return name.endsWith(NPY_ENDING) ? name.slice(0, -NPY_ENDING.length) : name;
}

async function openArray(
  bytes: ByteSource,
  name: string,
): Promise<StoredTensor | { readonly problem: string }> {
  const room = Math.min(bytes.sizeBytes, NPY_HEADER_ROOM);
  const header = parseNpyHeader(await bytes.read(0, room), bytes.sizeBytes);
  if ("problem" in header) return header;
  const { dtype, shape, dataStart, isFortranOrder } = header;
  const { name: numeric } = dtype;
  if (!isWeightDtype(numeric)) return { problem: `it holds ${numeric}, which are no numbers` };
  const values = sliceOf(bytes, dataStart, bytes.sizeBytes);
  return {
    name,
    dtype: numeric,
    shape,
    bytes: dtype.isBigEndian ? swappedBytes(values, dtype.itemBytes) : values,
    ...(isFortranOrder ? { strides: fortranStrides(shape) } : {}),
  };
}

function fortranStrides(shape: readonly number[]): number[] {
  let step = 1;
  return shape.map((side) => {
    const stride = step;
    step *= side;
    return stride;
  });
}
