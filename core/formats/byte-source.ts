/** Bytes of known number that are read by range, so that a file need not fit into memory. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** Bytes from `start` up to `end`; fewer only where the source ends before. */
  read(start: number, end: number): Promise<Uint8Array>;
  /**
   * Fills `target` with the bytes from `start` on, and gives their number: fewer only where the source
   * ends before. What has it spares a copy of the bytes.
   */
  readInto?(start: number, target: Uint8Array): Promise<number>;
}

/** As {@link ByteSource.readInto}, of any source. */
export async function readInto(
  bytes: ByteSource,
  start: number,
  target: Uint8Array,
): Promise<number> {
  if (bytes.readInto !== undefined) return bytes.readInto(start, target);
  const found = await bytes.read(start, start + target.length);
  target.set(found);
  return found.length;
}

/** Bytes that are there already, as a source. */
export function sourceOf(values: Uint8Array): ByteSource {
  return {
    sizeBytes: values.length,
    read: (start, end) => Promise.resolve(values.slice(start, end)),
  };
}

/** The bytes of a source from `start` up to `end`, as a source of their own. */
export function sliceOf(bytes: ByteSource, start: number, end: number): ByteSource {
  return {
    sizeBytes: end - start,
    read: (from, to) => bytes.read(start + from, Math.min(end, start + to)),
    readInto: (from, target) =>
      readInto(bytes, start + from, target.subarray(0, Math.max(0, end - start - from))),
  };
}
