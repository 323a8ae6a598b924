import { type ByteSource, sliceOf } from "./byte-source.ts";
import { crc32 } from "./crc32.ts";
import {
  findZipDirectory,
  parseZipDirectory,
  parseZipWideEnd,
  ZIP_LOCAL_BYTES,
  ZIP_TAIL_BYTES,
  type ZipEntry,
  type ZipProblem,
  zipDataStart,
} from "./zip-directory.ts";

/** A directory of more is no data set but an attack; 64 MB are half a million entries. */
const MAX_DIRECTORY_BYTES = 1 << 26;
const CHUNK_BYTES = 1 << 20;

/**
 * Unpacks raw deflate data as it comes, without a header around it (RFC 1951).
 *
 * @throws {Error} While it is read, where the data are no such stream.
 */
export type Inflate = (packed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** What is wrong with the bytes of a member, found while they are read. */
export class ZipMemberFault extends Error {}

/** Entries of a ZIP file. @throws What reading `bytes` throws. */
export async function zipEntries(bytes: ByteSource): Promise<readonly ZipEntry[] | ZipProblem> {
  const { sizeBytes } = bytes;
  const tail = await bytes.read(Math.max(0, sizeBytes - ZIP_TAIL_BYTES), sizeBytes);
  let place = findZipDirectory(tail, sizeBytes);
  if (!("problem" in place) && place.isWideEnd) {
    place = parseZipWideEnd(await bytes.read(place.start, place.end), sizeBytes);
  }
  if ("problem" in place) return place;
  if (place.end - place.start > MAX_DIRECTORY_BYTES)
    return { problem: "its directory is too large" };
  return parseZipDirectory(await bytes.read(place.start, place.end), sizeBytes);
}

/**
 * The bytes of a member, unpacked while they are read.
 *
 * Reading forward costs nothing; reading bytes again unpacks the member from its start.
 *
 * @throws {ZipMemberFault} On reading, where the member is damaged; at its end the checksum counts.
 */
export function zipMember(bytes: ByteSource, entry: ZipEntry, inflate: Inflate): ByteSource {
  const restart = () => createForwardReader(checked(unpacked(bytes, entry, inflate), entry), entry);
  let forward = restart();
  return {
    sizeBytes: entry.sizeBytes,
    read(start, end) {
      if (start < forward.position()) forward = restart();
      return forward.read(start, Math.min(end, entry.sizeBytes));
    },
  };
}

/**
 * The bytes of a member that is stored as it is, where they lie in the file; their checksum is not
 * looked at.
 *
 * @throws {ZipMemberFault} If its local header is not where the directory says.
 */
export async function storedMember(bytes: ByteSource, entry: ZipEntry): Promise<ByteSource> {
  const start = await dataStart(bytes, entry);
  return sliceOf(bytes, start, start + entry.sizeBytes);
}

interface ForwardReader {
  position(): number;
  read(start: number, end: number): Promise<Uint8Array>;
}

function createForwardReader(chunks: AsyncGenerator<Uint8Array>, entry: ZipEntry): ForwardReader {
  /** The chunk that was read last starts here. */
  let position = 0;
  let chunk: Uint8Array = new Uint8Array(0);
  return {
    position: () => position,
    async read(start, end) {
      const wanted = new Uint8Array(Math.max(0, end - start));
      for (let filled = 0; filled < wanted.length; ) {
        const offset = start + filled - position;
        if (offset < chunk.length) {
          const piece = chunk.subarray(offset, offset + wanted.length - filled);
          wanted.set(piece, filled);
          filled += piece.length;
          continue;
        }
        position += chunk.length;
        const next = await chunks.next();
        if (next.done === true) throw new ZipMemberFault(`\`${entry.name}\` is truncated`);
        chunk = next.value;
      }
      return wanted;
    },
  };
}

/** Passes chunks on, and refuses what is not of the size and the checksum of the directory. */
async function* checked(
  chunks: AsyncIterable<Uint8Array>,
  entry: ZipEntry,
): AsyncGenerator<Uint8Array> {
  let [size, sum] = [0, 0];
  for await (const chunk of chunks) {
    size += chunk.length;
    sum = crc32(chunk, sum);
    if (size > entry.sizeBytes) {
      throw new ZipMemberFault(
        `\`${entry.name}\` unpacks to more than the ${entry.sizeBytes} bytes stated`,
      );
    }
    if (size === entry.sizeBytes && sum !== entry.crc32) {
      throw new ZipMemberFault(`\`${entry.name}\` is damaged: its checksum does not fit`);
    }
    yield chunk;
  }
}

async function dataStart(bytes: ByteSource, entry: ZipEntry): Promise<number> {
  const local = await bytes.read(entry.localStart, entry.localStart + ZIP_LOCAL_BYTES);
  const start = zipDataStart(entry, local);
  if (typeof start !== "number") throw new ZipMemberFault(start.problem);
  return start;
}

async function* packed(bytes: ByteSource, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const start = await dataStart(bytes, entry);
  const end = start + entry.packedBytes;
  for (let at = start; at < end; at += CHUNK_BYTES) {
    yield await bytes.read(at, Math.min(end, at + CHUNK_BYTES));
  }
}

async function* unpacked(
  bytes: ByteSource,
  entry: ZipEntry,
  inflate: Inflate,
): AsyncGenerator<Uint8Array> {
  if (entry.method === "stored") {
    yield* packed(bytes, entry);
    return;
  }
  try {
    yield* inflate(packed(bytes, entry));
  } catch (error) {
    if (error instanceof ZipMemberFault) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ZipMemberFault(`\`${entry.name}\` cannot be unpacked: ${why}`);
  }
}
