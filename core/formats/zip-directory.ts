import { decodeUtf8Lossy } from "./utf8.ts";

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const WIDE_LOCATOR_SIGNATURE = 0x07064b50;
const WIDE_LOCATOR_BYTES = 20;
const WIDE_END_SIGNATURE = 0x06064b50;
const WIDE_END_BYTES = 56;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
/** Deflate needs two bits for 258 bytes at best. */
const MOST_PER_BYTE = 1032;
const NARROW_LIMIT = 0xffffffff;

/** Bytes of a file's end among which the end of the directory is, with its longest comment. */
export const ZIP_TAIL_BYTES = END_BYTES + 0xffff + WIDE_LOCATOR_BYTES;
/** Bytes of the part of a local header that has a fixed length. */
export const ZIP_LOCAL_BYTES = 30;

export interface ZipProblem {
  readonly problem: string;
}

/** Where a directory, or the wide form of its end, lies in the file. */
export interface ZipPlace {
  readonly start: number;
  readonly end: number;
  readonly isWideEnd: boolean;
}

export interface ZipEntry {
  readonly name: string;
  /** Stored as it is, or deflated. */
  readonly method: "stored" | "deflated";
  readonly crc32: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  readonly localStart: number;
}

/**
 * Finds the directory of a ZIP file of `fileBytes` bytes, of which `tail` are the last ones.
 *
 * Where the file is in the wide form (ZIP64) the place is that of the wide end, which
 * {@link parseZipWideEnd} reads. Never throws.
 *
 * @see APPNOTE.TXT 6.3.10, sections 4.3.14 to 4.3.16.
 */
export function findZipDirectory(tail: Uint8Array, fileBytes: number): ZipPlace | ZipProblem {
  const view = viewOf(tail);
  const end = endRecordAt(view);
  if (end < 0) return problem("it is no ZIP file, or it is truncated: it has no directory");
  const locator = end - WIDE_LOCATOR_BYTES;
  if (locator >= 0 && view.getUint32(locator, true) === WIDE_LOCATOR_SIGNATURE) {
    const start = Number(view.getBigUint64(locator + 8, true));
    return within({ start, end: start + WIDE_END_BYTES, isWideEnd: true }, fileBytes);
  }
  const start = view.getUint32(end + 16, true);
  const size = view.getUint32(end + 12, true);
  return within({ start, end: start + size, isWideEnd: false }, fileBytes);
}

/** Place of the directory by the wide end of a ZIP64 file. Never throws. */
export function parseZipWideEnd(bytes: Uint8Array, fileBytes: number): ZipPlace | ZipProblem {
  const view = viewOf(bytes);
  if (bytes.length < WIDE_END_BYTES || view.getUint32(0, true) !== WIDE_END_SIGNATURE) {
    return problem("its ZIP64 directory is not where it should be");
  }
  const start = Number(view.getBigUint64(48, true));
  const size = Number(view.getBigUint64(40, true));
  return within({ start, end: start + size, isWideEnd: false }, fileBytes);
}

/** Entries of a directory, folders left out. Never throws. */
export function parseZipDirectory(
  bytes: Uint8Array,
  fileBytes: number,
): readonly ZipEntry[] | ZipProblem {
  const entries: ZipEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = entryBytes(bytes, at);
    if (length === undefined)
      return problem(`its directory is damaged at entry ${entries.length + 1}`);
    const entry = parseEntry(bytes.subarray(at, at + length));
    if ("problem" in entry) return entry;
    if (entry.localStart + ZIP_LOCAL_BYTES + entry.packedBytes > fileBytes) {
      return problem(`\`${entry.name}\` reaches over the end of the file`);
    }
    entries.push(entry);
    at += length;
  }
  return overlapOf(entries) ?? entries.filter(({ name }) => !name.endsWith("/"));
}

/** Members that share bytes are how a small file promises petabytes. */
function overlapOf(entries: readonly ZipEntry[]): ZipProblem | undefined {
  const sorted = [...entries].sort((a, b) => a.localStart - b.localStart);
  const second = sorted.find((entry, index) => {
    const before = sorted[index - 1];
    return (
      before !== undefined &&
      before.localStart + ZIP_LOCAL_BYTES + before.packedBytes > entry.localStart
    );
  });
  return second === undefined
    ? undefined
    : problem(`\`${second.name}\` lies over another of its members`);
}

/** First byte of an entry's data by the fixed part of its local header. Never throws. */
export function zipDataStart(entry: ZipEntry, local: Uint8Array): number | ZipProblem {
  const view = viewOf(local);
  if (local.length < ZIP_LOCAL_BYTES || view.getUint32(0, true) !== LOCAL_SIGNATURE) {
    return problem(`\`${entry.name}\` is not where the directory says`);
  }
  return entry.localStart + ZIP_LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
}

/** From the end backwards, since data before it may hold the same four bytes. */
function endRecordAt(view: DataView): number {
  for (let at = view.byteLength - END_BYTES; at >= 0; at--) {
    const hasRoom = at + END_BYTES + view.getUint16(at + 20, true) === view.byteLength;
    if (hasRoom && view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  return -1;
}

function within(place: ZipPlace, fileBytes: number): ZipPlace | ZipProblem {
  return place.end > fileBytes || !Number.isSafeInteger(place.end)
    ? problem("its directory reaches over the end of the file")
    : place;
}

function entryBytes(bytes: Uint8Array, at: number): number | undefined {
  if (at + ENTRY_BYTES > bytes.length) return undefined;
  const view = viewOf(bytes);
  if (view.getUint32(at, true) !== ENTRY_SIGNATURE) return undefined;
  const variable = [28, 30, 32].reduce((sum, offset) => sum + view.getUint16(at + offset, true), 0);
  return at + ENTRY_BYTES + variable > bytes.length ? undefined : ENTRY_BYTES + variable;
}

function parseEntry(bytes: Uint8Array): ZipEntry | ZipProblem {
  const view = viewOf(bytes);
  const nameEnd = ENTRY_BYTES + view.getUint16(28, true);
  const name = decodeUtf8Lossy(bytes.subarray(ENTRY_BYTES, nameEnd));
  if (view.getUint16(8, true) & 1) return problem(`\`${name}\` is encrypted`);
  const method = view.getUint16(10, true);
  if (method !== 0 && method !== 8) {
    return problem(`\`${name}\` is packed by method ${method}; readable are stored and deflated`);
  }
  const extraEnd = nameEnd + view.getUint16(30, true);
  const wide = wideFields(bytes.subarray(nameEnd, extraEnd));
  // The wide values stand in this order, each only where its narrow field is full.
  const sizeBytes = wide(view.getUint32(24, true));
  const packedBytes = wide(view.getUint32(20, true));
  const localStart = wide(view.getUint32(42, true));
  if (method === 0 && packedBytes !== sizeBytes) {
    return problem(`\`${name}\` is stored, yet its two sizes differ`);
  }
  if (sizeBytes > MOST_PER_BYTE * packedBytes) {
    return problem(`\`${name}\` claims ${sizeBytes} bytes, more than ${packedBytes} can unpack to`);
  }
  return {
    name,
    method: method === 0 ? "stored" : "deflated",
    crc32: view.getUint32(16, true),
    packedBytes,
    sizeBytes,
    localStart,
  };
}

/** Gives the narrow value, or the next one of the ZIP64 field where the narrow one is full. */
function wideFields(extra: Uint8Array): (narrow: number) => number {
  const view = viewOf(extra);
  let [next, end] = [0, 0];
  for (let at = 0; at + 4 <= extra.length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    next = at + 4;
    end = Math.min(extra.length, next + view.getUint16(at + 2, true));
  }
  return (narrow) => {
    if (narrow !== NARROW_LIMIT || next + 8 > end) return narrow;
    next += 8;
    return Number(view.getBigUint64(next - 8, true));
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function problem(text: string): ZipProblem {
  return { problem: text };
}
