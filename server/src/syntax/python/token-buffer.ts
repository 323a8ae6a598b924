/** Tokens side by side in arrays: a file has tens of thousands, and none outlives its parse. */
export interface TokenBuffer {
  kinds: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
  /** Of names and keywords, the index in the table of names. */
  names: Int32Array;
  count: number;
}

/** Code has about one token to four characters. */
export function tokenBuffer(textLength: number): TokenBuffer {
  const size = (textLength >> 2) + 64;
  return {
    kinds: new Uint8Array(size),
    starts: new Int32Array(size),
    ends: new Int32Array(size),
    names: new Int32Array(size),
    count: 0,
  };
}

function grown(array: Int32Array): Int32Array {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

function grow(buffer: TokenBuffer): void {
  const kinds = new Uint8Array(buffer.kinds.length * 2);
  kinds.set(buffer.kinds);
  buffer.kinds = kinds;
  buffer.starts = grown(buffer.starts);
  buffer.ends = grown(buffer.ends);
  buffer.names = grown(buffer.names);
}

export function pushToken(
  buffer: TokenBuffer,
  kind: number,
  start: number,
  end: number,
  name = 0,
): void {
  const index = buffer.count;
  if (index >= buffer.kinds.length) grow(buffer);
  buffer.kinds[index] = kind;
  buffer.starts[index] = start;
  buffer.ends[index] = end;
  buffer.names[index] = name;
  buffer.count = index + 1;
}
