import type { ByteSource } from "../../formats/byte-source.ts";
import { decodeUtf8Lossy } from "../../formats/utf8.ts";
import { ValueFault } from "../value-fault.ts";

/** The file is damaged, or in a form that is not read here. */
export class Hdf5Fault extends ValueFault {}

/** An address that stands for none. */
export const UNDEFINED_ADDRESS = Number(0xffffffffffffffffn);

/** Reads fields of a block of bytes from front to back, least significant byte first. */
export interface Cursor {
  position(): number;
  left(): number;
  skip(bytes: number): void;
  /** Goes on at the next multiple of `bytes` from the block's start. */
  align(bytes: number): void;
  unsigned(bytes: number): number;
  address(): number;
  bytes(length: number): Uint8Array;
  text(length: number): string;
}

/** @throws {Hdf5Fault} From its functions, at the end of the block. */
export function cursorOver(block: Uint8Array): Cursor {
  let at = 0;
  const take = (length: number): number => {
    if (!(length >= 0 && at + length <= block.length)) {
      throw new Hdf5Fault("a header of it is truncated");
    }
    at += length;
    return at - length;
  };
  const unsigned = (bytes: number): number => {
    const start = take(bytes);
    let value = 0;
    for (let index = bytes - 1; index >= 0; index--)
      value = value * 256 + (block[start + index] ?? 0);
    return value;
  };
  const slice = (length: number) => {
    const start = take(length);
    return block.subarray(start, start + length);
  };
  return {
    position: () => at,
    left: () => block.length - at,
    skip: (bytes) => void take(bytes),
    align(bytes) {
      take(Math.min(block.length, Math.ceil(at / bytes) * bytes) - at);
    },
    unsigned,
    address: () => unsigned(8),
    bytes: slice,
    text: (length) => decodeUtf8Lossy(slice(length)),
  };
}

/** No header of a group or a dataset is larger. */
const LARGEST_BLOCK = 1 << 24;

/** @throws {Hdf5Fault} If the bytes are not in the file, or `signature` is not at their start. */
export async function readBlock(
  file: ByteSource,
  address: number,
  length: number,
  signature = "",
): Promise<Cursor> {
  if (length > LARGEST_BLOCK || !(address + length <= file.sizeBytes)) {
    throw new Hdf5Fault(`it is truncated: bytes ${address} to ${address + length} are not there`);
  }
  const cursor = cursorOver(await file.read(address, address + length));
  if (signature !== "" && cursor.text(signature.length) !== signature) {
    throw new Hdf5Fault(`it is damaged: there is no ${signature} at byte ${address}`);
  }
  return cursor;
}
