import type { ByteSource } from "../../formats/byte-source.ts";
import { decodeUtf8Lossy } from "../../formats/utf8.ts";
import { type Cursor, Hdf5Fault, readBlock, UNDEFINED_ADDRESS } from "./cursor.ts";
import { openFractalHeap } from "./fractal-heap.ts";
import type { HeaderMessage } from "./object-header.ts";
import { treeV1Leaves } from "./tree-v1.ts";
import { treeRecords } from "./tree-v2.ts";

/** A name in a group, and the header of what it stands for. */
export interface GroupLink {
  readonly name: string;
  readonly address: number;
}

const LINK_INFO = 0x02;
const LINK = 0x06;
const SYMBOL_TABLE = 0x11;
const HARD_LINK = 0;
const SYMBOL_BYTES = 40;
const LARGEST_HEAP = 1 << 26;
/** A record of the index of names: a hash of the name, then the identifier of its link. */
const HASH_BYTES = 4;

/**
 * The links of a group, in the order of their names; `undefined` of what is none.
 *
 * @throws {Hdf5Fault} If it is damaged.
 */
export async function readGroup(
  file: ByteSource,
  messages: readonly HeaderMessage[],
): Promise<readonly GroupLink[] | undefined> {
  const table = messages.find(({ type }) => type === SYMBOL_TABLE);
  if (table !== undefined) {
    const tree = table.body.address();
    return readSymbols(file, tree, table.body.address());
  }
  const info = messages.find(({ type }) => type === LINK_INFO);
  if (info === undefined) return undefined;
  const dense = await readDenseLinks(file, info.body);
  const own = messages.flatMap(({ type, body }) => (type === LINK ? readLink(body) : []));
  // The older form has the order of names; the newer one that of time, or of a hash.
  return [...own, ...dense].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Links that are too many for the header: in a heap, with an index of their names. */
async function readDenseLinks(file: ByteSource, info: Cursor): Promise<GroupLink[]> {
  info.skip(1);
  if (info.unsigned(1) & 1) info.skip(8);
  const [address, index] = [info.address(), info.address()];
  if (address === UNDEFINED_ADDRESS || index === UNDEFINED_ADDRESS) return [];
  const heap = await openFractalHeap(file, address);
  const links: GroupLink[] = [];
  for await (const record of treeRecords(file, index)) {
    record.skip(HASH_BYTES);
    links.push(...readLink(await heap.object(record)));
  }
  return links;
}

/** Links to other names or files are passed over. */
function readLink(body: Cursor): GroupLink[] {
  body.skip(1);
  const flags = body.unsigned(1);
  const kind = flags & 8 ? body.unsigned(1) : HARD_LINK;
  if (flags & 4) body.skip(8);
  if (flags & 0x10) body.skip(1);
  const name = body.text(body.unsigned(1 << (flags & 3)));
  return kind === HARD_LINK ? [{ name, address: body.address() }] : [];
}

async function readSymbols(file: ByteSource, tree: number, heap: number): Promise<GroupLink[]> {
  const names = await readHeap(file, heap);
  const links: GroupLink[] = [];
  for await (const { child } of treeV1Leaves(file, tree, 8)) {
    const head = await readBlock(file, child, 8, "SNOD");
    head.skip(2);
    const count = head.unsigned(2);
    const table = await readBlock(file, child + 8, count * SYMBOL_BYTES);
    for (let index = 0; index < count; index++) {
      const name = nameAt(names, table.address());
      const address = table.address();
      // A name of another name has no object of its own.
      if (address !== UNDEFINED_ADDRESS) links.push({ name, address });
      table.skip(SYMBOL_BYTES - 16);
    }
  }
  return links;
}

async function readHeap(file: ByteSource, address: number): Promise<Uint8Array> {
  const head = await readBlock(file, address, 32, "HEAP");
  head.skip(4);
  const length = head.address();
  head.skip(8);
  const start = head.address();
  if (length > LARGEST_HEAP) throw new Hdf5Fault(`names of ${length} bytes are no names`);
  return (await readBlock(file, start, length)).bytes(length);
}

function nameAt(names: Uint8Array, start: number): string {
  const end = names.indexOf(0, start);
  return decodeUtf8Lossy(names.subarray(start, end < 0 ? names.length : end));
}
