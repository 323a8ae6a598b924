import { maskedCrc32c } from "./crc32c.ts";

const LENGTH_BYTES = 8;
const CRC_BYTES = 4;

export interface TfRecords {
  readonly records: readonly Uint8Array[];
  /** Bytes after the last whole record; a writer may still be at them. */
  readonly restBytes: number;
  /** Why reading stopped before the end, if a checksum or a length is wrong. */
  readonly problem?: string;
}

/** Frame of one record: u64 length, masked CRC-32C of it, data, masked CRC-32C of the data. */
export function encodeTfRecord(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(LENGTH_BYTES + CRC_BYTES + data.length + CRC_BYTES);
  const view = new DataView(frame.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(LENGTH_BYTES, maskedCrc32c(frame.subarray(0, LENGTH_BYTES)), true);
  frame.set(data, LENGTH_BYTES + CRC_BYTES);
  view.setUint32(frame.length - CRC_BYTES, maskedCrc32c(data), true);
  return frame;
}

/** Whole records at the start of `bytes`, up to the first that is torn or fails its checksum. */
export function decodeTfRecords(bytes: Uint8Array): TfRecords {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: Uint8Array[] = [];
  let position = 0;
  const stop = (problem?: string): TfRecords => ({
    records,
    restBytes: bytes.length - position,
    ...(problem === undefined ? {} : { problem }),
  });
  while (position + LENGTH_BYTES + CRC_BYTES <= bytes.length) {
    const lengthEnd = position + LENGTH_BYTES;
    if (view.getUint32(lengthEnd, true) !== maskedCrc32c(bytes.subarray(position, lengthEnd))) {
      return stop(`the length of the record at byte ${position} fails its checksum`);
    }
    const start = lengthEnd + CRC_BYTES;
    const end = start + Number(view.getBigUint64(position, true));
    if (end + CRC_BYTES > bytes.length) return stop();
    const data = bytes.subarray(start, end);
    if (view.getUint32(end, true) !== maskedCrc32c(data)) {
      return stop(`the record at byte ${position} fails its checksum`);
    }
    records.push(data);
    position = end + CRC_BYTES;
  }
  return stop();
}
