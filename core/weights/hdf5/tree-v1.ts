import type { ByteSource } from "../../formats/byte-source.ts";
import { type Cursor, cursorOver, Hdf5Fault, readBlock } from "./cursor.ts";

/** Levels of a tree; more are a circle. */
const DEEPEST = 16;
const NODE_HEAD_BYTES = 24;
const ADDRESS_BYTES = 8;

/** What a leaf of a tree points at, and the key before it. */
interface Leaf {
  readonly key: Cursor;
  readonly child: number;
}

/**
 * What the leaves of a B-tree of the first version point at, in their order; keys have `keyBytes`.
 *
 * @throws {Hdf5Fault} If it is damaged.
 * @see HDF5 File Format Specification 3.0, section III.A.1.
 */
export async function* treeV1Leaves(
  file: ByteSource,
  address: number,
  keyBytes: number,
  levels = DEEPEST,
): AsyncGenerator<Leaf> {
  const head = await readBlock(file, address, NODE_HEAD_BYTES, "TREE");
  head.skip(1);
  const level = head.unsigned(1);
  const count = head.unsigned(2);
  if (level >= levels) throw new Hdf5Fault("a tree of it has no end");
  const body = await readBlock(file, address + NODE_HEAD_BYTES, count * (keyBytes + ADDRESS_BYTES));
  for (let index = 0; index < count; index++) {
    const key = cursorOver(body.bytes(keyBytes));
    const child = body.address();
    if (level === 0) yield { key, child };
    else yield* treeV1Leaves(file, child, keyBytes, level);
  }
}
