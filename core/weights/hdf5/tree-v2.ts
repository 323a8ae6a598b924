import type { ByteSource } from "../../formats/byte-source.ts";
import { type Cursor, cursorOver, Hdf5Fault, readBlock } from "./cursor.ts";

/** Signature, version and type before the records of a node, and the checksum behind them. */
const NODE_HEAD_BYTES = 6;
const NODE_FRAME_BYTES = 10;
const HEADER_BYTES = 38;
/** Levels that a tree may have; more are no tree of this file. */
const DEEPEST = 16;

interface Tree {
  readonly nodeBytes: number;
  readonly recordBytes: number;
  /** Bytes of a child's number of records, and by level of the number of all records below it. */
  readonly countBytes: number;
  readonly totalBytes: readonly number[];
}

interface Node {
  readonly address: number;
  readonly records: number;
  /** 0 for a leaf. */
  readonly level: number;
}

/**
 * The records of a B-tree of the second version, in their order.
 *
 * @throws {Hdf5Fault} If it is damaged.
 * @see HDF5 File Format Specification 3.0, section III.A.2.
 */
export async function* treeRecords(file: ByteSource, address: number): AsyncGenerator<Cursor> {
  const head = await readBlock(file, address, HEADER_BYTES, "BTHD");
  head.skip(2);
  const [nodeBytes, recordBytes, depth] = [head.unsigned(4), head.unsigned(2), head.unsigned(2)];
  head.skip(2);
  const root = { address: head.address(), records: head.unsigned(2), level: depth };
  if (root.records === 0) return;
  const tree = treeOf(nodeBytes, recordBytes, depth);
  yield* nodeRecords(file, tree, root);
}

function treeOf(nodeBytes: number, recordBytes: number, depth: number): Tree {
  if (depth > DEEPEST) throw new Hdf5Fault("a tree of it has no end");
  const room = nodeBytes - NODE_FRAME_BYTES;
  let most = Math.floor(room / recordBytes);
  const countBytes = bytesFor(most);
  let all = most;
  const totalBytes = [0];
  for (let level = 1; level <= depth; level++) {
    const pointer = 8 + countBytes + (totalBytes[level - 1] ?? 0);
    most = Math.floor((room - pointer) / (recordBytes + pointer));
    all = (most + 1) * all + most;
    totalBytes.push(bytesFor(all));
  }
  if (!(recordBytes > 0 && most > 0)) throw new Hdf5Fault("a tree of it has no room for records");
  return { nodeBytes, recordBytes, countBytes, totalBytes };
}

/** Bytes that hold a number up to `most`. */
function bytesFor(most: number): number {
  return Math.floor(Math.log2(Math.max(1, most)) / 8) + 1;
}

async function* nodeRecords(file: ByteSource, tree: Tree, node: Node): AsyncGenerator<Cursor> {
  const { address, records, level } = node;
  const block = await readBlock(file, address, tree.nodeBytes, level === 0 ? "BTLF" : "BTIN");
  block.skip(NODE_HEAD_BYTES - 4);
  const own = Array.from({ length: records }, () => block.bytes(tree.recordBytes));
  const children = Array.from({ length: level === 0 ? 0 : records + 1 }, () => {
    const child = block.address();
    const count = block.unsigned(tree.countBytes);
    block.skip(tree.totalBytes[level - 1] ?? 0);
    return { address: child, records: count, level: level - 1 };
  });
  for (let index = 0; index <= records; index++) {
    const child = children[index];
    if (child !== undefined) yield* nodeRecords(file, tree, child);
    const record = own[index];
    if (record !== undefined) yield cursorOver(record);
  }
}
