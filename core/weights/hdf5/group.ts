import type { ByteSource } from "../../formats/byte-source.ts";
import { decodeUtf8Lossy } from "../../formats/utf8.ts";
import { type Cursor, Hdf5Fault, readBlock, UNDEFINED_ADDRESS } from "./cursor.ts";
import type { HeaderMessage } from "./object-header.ts";

/** A name in a group, and the header of what it stands for. */
export interface GroupLink {
  readonly name: string;
  readonly address: number;
}

const LINK_INFO = 0x02;
const LINK = 0x06;
const SYMBOL_TABLE = 0x11;
const HARD_LINK = 0;
const NODE_HEAD_BYTES = 24;
const SYMBOL_BYTES = 40;
/** Levels of a tree; more are a circle. */
const DEEPEST = 16;
const LARGEST_HEAP = 1 << 26;

/**
 * The links of a group; `undefined` of what is none.
 *
 * @throws {Hdf5Fault} If it is damaged, or keeps its links in a heap of its own, as groups of very many
 * links in the newest form do.
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
  if (heapOf(info.body) !== UNDEFINED_ADDRESS) {
    throw new Hdf5Fault("a group of it keeps its links in a fractal heap, which is not read here");
  }
  return messages.flatMap(({ type, body }) => (type === LINK ? readLink(body) : []));
}

function heapOf(info: Cursor): number {
  info.skip(1);
  if (info.unsigned(1) & 1) info.skip(8);
  return info.address();
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
  for (const leaf of await leavesOf(file, tree, DEEPEST)) {
    const head = await readBlock(file, leaf, 8, "SNOD");
    head.skip(2);
    const count = head.unsigned(2);
    const table = await readBlock(file, leaf + 8, count * SYMBOL_BYTES);
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

/** Addresses below the leaves of a tree of groups, in their order. */
async function leavesOf(file: ByteSource, address: number, levels: number): Promise<number[]> {
  const head = await readBlock(file, address, NODE_HEAD_BYTES, "TREE");
  head.skip(1);
  const level = head.unsigned(1);
  const count = head.unsigned(2);
  if (level >= levels) throw new Hdf5Fault("a tree of it has no end");
  const body = await readBlock(file, address + NODE_HEAD_BYTES, count * 16);
  const children = Array.from({ length: count }, () => {
    body.skip(8);
    return body.address();
  });
  if (level === 0) return children;
  const below: number[] = [];
  for (const child of children) below.push(...(await leavesOf(file, child, level)));
  return below;
}
