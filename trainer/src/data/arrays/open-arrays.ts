import { type ByteSource, sliceOf } from "../../../../core/formats/byte-source.ts";
import { npyNumbers, npyTexts } from "../../../../core/formats/npy-dtype.ts";
import { NPY_HEADER_ROOM, parseNpyHeader } from "../../../../core/formats/npy-header.ts";
import { readSafetensorsHeader } from "../../../../core/formats/read-safetensors-header.ts";
import {
  foreignProblem,
  SAFETENSORS_DTYPES,
  type SafetensorsEntry,
} from "../../../../core/formats/safetensors-header.ts";
import { ZipMemberFault, zipEntries, zipMember } from "../../../../core/formats/zip-members.ts";
import { dataFault } from "../../data-fault.ts";
import { inflateRaw } from "../files/inflate-raw.ts";
import { safetensorsNumbers } from "./safetensors-numbers.ts";
import type { StoredArray } from "./stored-array.ts";

const ZIP_START = [0x50, 0x4b];
const NPY_START = 0x93;
const NPY_ENDING = ".npy";

/**
 * The arrays of a `.npy`, `.npz` or `.safetensors` file; what it is its first bytes say.
 *
 * Nothing but headers is read. `name` is the file for people.
 *
 * @throws {UserError} If it is none of these, or damaged.
 */
export async function openArrays(bytes: ByteSource, name: string): Promise<readonly StoredArray[]> {
  const [first, second] = await bytes.read(0, 2);
  if (first === NPY_START) return [await openNpy(bytes, "", name)];
  if (first === ZIP_START[0] && second === ZIP_START[1]) return openNpz(bytes, name);
  return openSafetensors(bytes, name);
}

async function openNpy(bytes: ByteSource, member: string, file: string): Promise<StoredArray> {
  const header = parseNpyHeader(await bytes.read(0, NPY_HEADER_ROOM), bytes.sizeBytes);
  const place = member === "" ? file : `${file}, array \`${member}\``;
  if ("problem" in header) throw damaged(place, header.problem);
  const { dtype, dataStart } = header;
  return {
    name: member,
    dtype: dtype.name,
    shape: header.shape,
    isText: dtype.kind === "unicode" || dtype.kind === "bytes",
    isFortranOrder: header.isFortranOrder,
    itemBytes: dtype.itemBytes,
    bytes: sliceOf(bytes, dataStart, bytes.sizeBytes),
    numbers: (piece) => npyNumbers(dtype, piece),
    texts: (piece) => npyTexts(dtype, piece),
  };
}

async function openNpz(bytes: ByteSource, file: string): Promise<readonly StoredArray[]> {
  const entries = await zipEntries(bytes);
  if ("problem" in entries) throw damaged(file, entries.problem);
  const arrays: StoredArray[] = [];
  try {
    for (const entry of entries) {
      if (!entry.name.endsWith(NPY_ENDING)) continue;
      const member = entry.name.slice(0, -NPY_ENDING.length);
      arrays.push(await openNpy(zipMember(bytes, entry, inflateRaw), member, file));
    }
  } catch (error) {
    throw error instanceof ZipMemberFault ? damaged(file, error.message) : error;
  }
  if (arrays.length === 0) throw damaged(file, "it is a ZIP file without any NumPy array");
  return arrays;
}

async function openSafetensors(bytes: ByteSource, file: string): Promise<readonly StoredArray[]> {
  const read = await readSafetensorsHeader(bytes);
  const header = "problem" in read ? read : (foreignProblem(read) ?? read);
  if ("problem" in header) {
    throw damaged(
      file,
      `it is none of .npy, .npz and .safetensors, or damaged (${header.problem})`,
    );
  }
  return header.entries.map((entry) => openTensor(bytes, entry));
}

function openTensor(bytes: ByteSource, entry: SafetensorsEntry): StoredArray {
  return {
    name: entry.name,
    dtype: entry.dtype,
    shape: entry.shape,
    isText: false,
    isFortranOrder: false,
    itemBytes: SAFETENSORS_DTYPES[entry.dtype],
    bytes: sliceOf(bytes, entry.begin, entry.end),
    numbers: (piece) => safetensorsNumbers(entry.dtype, piece),
    texts: () => [],
  };
}

function damaged(place: string, problem: string) {
  return dataFault(
    place,
    problem,
    "Write the file again, with numpy.save, numpy.savez or safetensors",
  );
}
