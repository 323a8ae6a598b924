import type { ByteSource } from "../../formats/byte-source.ts";
import { type Cursor, cursorOver, Hdf5Fault, readBlock } from "./cursor.ts";

/** A message of an object's header. */
export interface HeaderMessage {
  readonly type: number;
  /** It lies elsewhere, and the body says where. */
  readonly isShared: boolean;
  readonly body: Cursor;
}

const CONTINUATION = 0x10;
const SHARED = 2;
const VERSION_2 = "OHDR";
/** Blocks of one header; more are a circle. */
const MOST_BLOCKS = 64;

interface Block {
  readonly cursor: Cursor;
  readonly isVersion2: boolean;
  /** Messages carry the order of their creation. */
  readonly isOrdered: boolean;
}

/**
 * The messages of the object header at `address`, those of its continuations as well.
 *
 * @throws {Hdf5Fault} If it is damaged.
 * @see HDF5 File Format Specification 3.0, section IV.A.
 */
export async function readObjectHeader(
  file: ByteSource,
  address: number,
): Promise<readonly HeaderMessage[]> {
  const blocks = [await firstBlock(file, address)];
  const messages: HeaderMessage[] = [];
  for (const block of blocks) {
    if (blocks.length > MOST_BLOCKS) throw new Hdf5Fault("a header of it has no end");
    for (const message of messagesOf(block)) {
      if (message.type === CONTINUATION) blocks.push(await nextBlock(file, block, message.body));
      else messages.push(message);
    }
  }
  return messages;
}

async function firstBlock(file: ByteSource, address: number): Promise<Block> {
  const room = Math.min(32, Math.max(0, file.sizeBytes - address));
  const head = await readBlock(file, address, room);
  if (head.text(4) !== VERSION_2) {
    const start = await readBlock(file, address, 16);
    const version = start.unsigned(1);
    if (version !== 1) throw new Hdf5Fault(`it is damaged: no object is at byte ${address}`);
    start.skip(7);
    const cursor = await readBlock(file, address + 16, start.unsigned(4));
    return { cursor, isVersion2: false, isOrdered: false };
  }
  head.skip(1);
  const flags = head.unsigned(1);
  if (flags & 0x20) head.skip(16);
  if (flags & 0x10) head.skip(4);
  const length = head.unsigned(1 << (flags & 3));
  const cursor = await readBlock(file, address + head.position(), length);
  return { cursor, isVersion2: true, isOrdered: (flags & 4) !== 0 };
}

async function nextBlock(file: ByteSource, block: Block, body: Cursor): Promise<Block> {
  const address = body.address();
  const length = body.address();
  if (!block.isVersion2) return { ...block, cursor: await readBlock(file, address, length) };
  const inside = await readBlock(file, address, length, "OCHK");
  return { ...block, cursor: cursorOver(inside.bytes(Math.max(0, length - 8))) };
}

function* messagesOf({ cursor, isVersion2, isOrdered }: Block): Generator<HeaderMessage> {
  const head = isVersion2 ? (isOrdered ? 6 : 4) : 8;
  while (cursor.left() >= head) {
    const type = cursor.unsigned(isVersion2 ? 1 : 2);
    const length = cursor.unsigned(2);
    const flags = cursor.unsigned(1);
    cursor.skip(head - (isVersion2 ? 4 : 5));
    const body = cursorOver(cursor.bytes(length));
    yield { type, isShared: (flags & SHARED) !== 0, body };
  }
}
