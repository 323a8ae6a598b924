// Reads single files out of a wheel, which is a zip archive, without unpacking the rest.
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import path from "node:path";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";

const END_RECORD = 0x06054b50;
const CENTRAL_RECORD = 0x02014b50;
const LOCAL_HEADER_BYTES = 30;
const DEFLATED = 8;

/** The archive's files: `{ name, method, compressedBytes, bytes, headerOffset }`. */
export async function wheelEntries(file) {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const tail = await readAt(handle, Math.max(0, size - 65_557), Math.min(size, 65_557));
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0 || tail.readUInt32LE(end) !== END_RECORD)
      throw new Error(`Not a zip file: ${file}`);
    const directory = await readAt(
      handle,
      tail.readUInt32LE(end + 16),
      tail.readUInt32LE(end + 12),
    );
    return parseDirectory(directory);
  } finally {
    await handle.close();
  }
}

/** Writes one entry of the archive to `target`. */
export async function extractEntry(file, entry, target) {
  const handle = await open(file);
  const header = await readAt(handle, entry.headerOffset, LOCAL_HEADER_BYTES);
  await handle.close();
  const start =
    entry.headerOffset + LOCAL_HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  await mkdir(path.dirname(target), { recursive: true });
  await pipeline(
    entry.compressedBytes === 0
      ? new PassThrough().end()
      : createReadStream(file, { start, end: start + entry.compressedBytes - 1 }),
    entry.method === DEFLATED ? createInflateRaw() : new PassThrough(),
    createWriteStream(target),
  );
}

function parseDirectory(directory) {
  const entries = [];
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === CENTRAL_RECORD) {
    const nameBytes = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString("utf8", at + 46, at + 46 + nameBytes),
      method: directory.readUInt16LE(at + 10),
      compressedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      headerOffset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function readAt(handle, position, length) {
  const buffer = Buffer.alloc(length);
  await handle.read(buffer, 0, length, position);
  return buffer;
}
