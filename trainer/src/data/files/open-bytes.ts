import { type FileHandle, open } from "node:fs/promises";
import type { ByteSource } from "../../../../core/formats/byte-source.ts";
import { fillFrom } from "../../../../core/formats/node-file.ts";
import { unreadable } from "../../data-fault.ts";

/** A file of the experiment: where it lies, and what people call it. */
export interface NamedFile {
  readonly path: string;
  /** As the experiment file names it. */
  readonly name: string;
}

/**
 * Runs `use` on a file that is read by range, and closes it.
 *
 * @throws {UserError} If the file cannot be read.
 */
export async function withBytes<Value>(
  file: NamedFile,
  use: (bytes: ByteSource) => Promise<Value>,
): Promise<Value> {
  const handle = await openFile(file);
  try {
    return await use(await sourceOf(handle, file));
  } finally {
    await handle.close();
  }
}

async function openFile(file: NamedFile): Promise<FileHandle> {
  try {
    return await open(file.path, "r");
  } catch (error) {
    throw unreadable(file.name, error);
  }
}

async function sourceOf(handle: FileHandle, file: NamedFile): Promise<ByteSource> {
  const state = await handle.stat();
  if (!state.isFile()) throw unreadable(file.name, new Error("it is no file"));
  return { sizeBytes: state.size, read: (start, end) => readRange(handle, file, start, end) };
}

async function readRange(
  handle: FileHandle,
  file: NamedFile,
  start: number,
  end: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, end - start));
  try {
    return bytes.subarray(0, await fillFrom(handle, start, bytes));
  } catch (error) {
    throw unreadable(file.name, error);
  }
}
