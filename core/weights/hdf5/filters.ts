import { fletcher32 } from "../../formats/fletcher32.ts";
import { unpackLzf } from "../../formats/lzf.ts";
import type { Inflate } from "../../formats/zip-members.ts";
import { type Cursor, Hdf5Fault } from "./cursor.ts";

/** One step of what is done to a chunk before it is stored. */
interface Filter {
  readonly id: number;
  readonly values: readonly number[];
}

/** The steps from a stored chunk back to its elements. */
export interface FilterPipeline {
  /**
   * The `sizeBytes` bytes of a chunk; filter k was left out where bit k of `mask` is set.
   *
   * @throws {Hdf5Fault} If the chunk is damaged.
   */
  undo(stored: Uint8Array, sizeBytes: number, mask: number): Promise<Uint8Array>;
}

const [DEFLATE, SHUFFLE, FLETCHER32, LZF] = [1, 2, 3, 32_000] as const;
const READ: ReadonlySet<number> = new Set([DEFLATE, SHUFFLE, FLETCHER32, LZF]);
/** Filters with a number of their own name themselves in the file. */
const FIRST_NAMED = 256;
const FLETCHER_BYTES = 4;
const ZLIB_HEAD_BYTES = 2;

/** Filters that are in use and not read here. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [4, "szip"],
  [5, "nbit"],
  [6, "scale-offset"],
  [32_001, "blosc"],
  [32_004, "lz4"],
  [32_008, "bitshuffle"],
  [32_013, "zfp"],
  [32_015, "zstd"],
  [32_026, "blosc2"],
]);

/** The pipeline that a header's message describes; a problem names the filter that is not read. */
export function filterPipeline(
  message: Cursor,
  inflate: Inflate,
): FilterPipeline | { readonly problem: string } {
  const filters = parseFilters(message);
  const foreign = filters.find(({ id }) => !READ.has(id));
  if (foreign !== undefined) {
    const name = NAMES.get(foreign.id) ?? `filter ${foreign.id}`;
    return { problem: `it is packed by ${name}; save it with compression="gzip" or without` };
  }
  return {
    async undo(stored, sizeBytes, mask) {
      let bytes = stored;
      const checksums = filters.filter(({ id }) => id === FLETCHER32).length;
      const most = sizeBytes + checksums * FLETCHER_BYTES;
      for (const [index, filter] of [...filters.entries()].reverse()) {
        if ((mask >>> index) & 1) continue;
        bytes = await undoOne(filter, bytes, { inflate, most, sizeBytes });
      }
      if (bytes.length === sizeBytes) return bytes;
      throw new Hdf5Fault(`a chunk of it has ${bytes.length} bytes in place of ${sizeBytes}`);
    },
  };
}

function parseFilters(message: Cursor): Filter[] {
  const version = message.unsigned(1);
  const count = message.unsigned(1);
  if (version === 1) message.skip(6);
  return Array.from({ length: count }, () => {
    const id = message.unsigned(2);
    const nameBytes = version === 1 || id >= FIRST_NAMED ? message.unsigned(2) : 0;
    message.skip(2);
    const numbers = message.unsigned(2);
    message.skip(version === 1 ? Math.ceil(nameBytes / 8) * 8 : nameBytes);
    const values = Array.from({ length: numbers }, () => message.unsigned(4));
    if (version === 1 && numbers % 2 === 1) message.skip(4);
    return { id, values };
  });
}

interface Limits {
  readonly inflate: Inflate;
  readonly most: number;
  readonly sizeBytes: number;
}

async function undoOne(filter: Filter, bytes: Uint8Array, limits: Limits): Promise<Uint8Array> {
  const [itemBytes = 1] = filter.values;
  switch (filter.id) {
    case SHUFFLE:
      return unshuffled(bytes, itemBytes);
    case FLETCHER32:
      return withoutChecksum(bytes);
    case LZF: {
      const unpacked = unpackLzf(bytes, limits.sizeBytes);
      if (unpacked === undefined)
        throw new Hdf5Fault("a chunk of it is damaged: it is no LZF data");
      return unpacked;
    }
    default:
      return inflated(bytes, limits);
  }
}

/** The first bytes of all elements come first, then all second ones; what is over stays behind. */
function unshuffled(bytes: Uint8Array, itemBytes: number): Uint8Array {
  const items = Math.floor(bytes.length / itemBytes);
  if (itemBytes <= 1 || items <= 1) return bytes;
  const out = Uint8Array.from(bytes);
  for (let byte = 0; byte < itemBytes; byte++) {
    const from = byte * items;
    for (let item = 0; item < items; item++) out[item * itemBytes + byte] = bytes[from + item] ?? 0;
  }
  return out;
}

function withoutChecksum(bytes: Uint8Array): Uint8Array {
  const values = bytes.subarray(0, Math.max(0, bytes.length - FLETCHER_BYTES));
  const stated = bytes.subarray(values.length).reduceRight((sum, byte) => sum * 256 + byte, 0);
  if (bytes.length < FLETCHER_BYTES || stated !== fletcher32(values)) {
    throw new Hdf5Fault("a chunk of it is damaged: its checksum does not fit");
  }
  return values;
}

/** Deflate data in zlib's wrapping, whose own checksum stands behind them. */
async function inflated(bytes: Uint8Array, { inflate, most }: Limits): Promise<Uint8Array> {
  const [method = 0, flags = 0] = bytes;
  if ((method & 15) !== 8 || (method * 256 + flags) % 31 !== 0 || flags & 32) {
    throw new Hdf5Fault("a chunk of it is damaged: it is no deflate data");
  }
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of inflate(once(bytes.subarray(ZLIB_HEAD_BYTES)))) {
      size += piece.length;
      if (size > most) break;
      pieces.push(piece);
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Hdf5Fault(`a chunk of it cannot be unpacked: ${why}`);
  }
  if (size > most) throw new Hdf5Fault(`a chunk of it unpacks to more than ${most} bytes`);
  const out = new Uint8Array(size);
  let filled = 0;
  for (const piece of pieces) {
    out.set(piece, filled);
    filled += piece.length;
  }
  return out;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
