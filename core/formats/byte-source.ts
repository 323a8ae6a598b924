/** Bytes of known number that are read by range, so that a file need not fit into memory. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** Bytes from `start` up to `end`; fewer only where the source ends before. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** The bytes of a source from `start` up to `end`, as a source of their own. */
export function sliceOf(bytes: ByteSource, start: number, end: number): ByteSource {
  return {
    sizeBytes: end - start,
    read: (from, to) => bytes.read(start + from, Math.min(end, start + to)),
  };
}
