import { decodeUtf8Lossy } from "./utf8.ts";

/** Reads a pickle's bytes from front to back. Every function throws a RangeError at the end. */
export interface PickleReader {
  position(): number;
  unsigned(bytes: 1 | 2 | 4 | 8): number;
  signed(bytes: 4): number;
  /** Binary64, the most significant byte first. */
  float(): number;
  bytes(length: number): Uint8Array;
  text(length: number): string;
  /** Up to the next line feed, which is passed over. */
  line(): string;
}

const LINE_FEED = 10;
/** Names and numbers stand on lines; a longer one is no such thing. */
const LONGEST_LINE = 1 << 16;

export function createPickleReader(pickle: Uint8Array): PickleReader {
  const view = new DataView(pickle.buffer, pickle.byteOffset, pickle.byteLength);
  let at = 0;
  const take = (length: number): number => {
    if (!(at + length <= pickle.length)) throw new RangeError("it ends too early");
    at += length;
    return at - length;
  };
  const bytes = (length: number) => {
    const start = take(length);
    return pickle.subarray(start, start + length);
  };
  return {
    position: () => at,
    unsigned(length) {
      const start = take(length);
      if (length === 8) return Number(view.getBigUint64(start, true));
      if (length === 4) return view.getUint32(start, true);
      return length === 2 ? view.getUint16(start, true) : view.getUint8(start);
    },
    signed: (length) => view.getInt32(take(length), true),
    float: () => view.getFloat64(take(8)),
    bytes,
    text: (length) => decodeUtf8Lossy(bytes(length)),
    line() {
      const end = pickle.indexOf(LINE_FEED, at);
      if (end < 0 || end - at > LONGEST_LINE) throw new RangeError("a line has no end");
      const text = decodeUtf8Lossy(pickle.subarray(at, end));
      at = end + 1;
      return text;
    },
  };
}
