const UNDEFINED = new Uint8Array(8).fill(255);
const SUPERBLOCK_BYTES = 48;

/** What a hostile file states in place of the truth. */
export interface Hdf5Lies {
  readonly shape?: readonly number[];
  /** Where the values are said to lie. */
  readonly address?: number;
  /** The whole message of the layout. */
  readonly layout?: Uint8Array;
  /** Further messages of the dataset's header, with their types. */
  readonly messages?: readonly (readonly [number, Uint8Array])[];
  /** Messages of the root group in place of the link to the dataset. */
  readonly root?: readonly (readonly [number, Uint8Array])[];
}

export const word = (value: number) => new Uint8Array(BigUint64Array.of(BigInt(value)).buffer);

/** A file of HDF5's newer form with one dataset of binary32 numbers in one piece. */
export function hdf5Of(
  name: string,
  shape: readonly number[],
  values: readonly number[],
  lies: Hdf5Lies = {},
): Uint8Array {
  const data = Buffer.from(Float32Array.from(values).buffer);
  const dataset = headerOf([
    [1, Buffer.concat([Uint8Array.of(2, shape.length, 0, 1), ...(lies.shape ?? shape).map(word)])],
    [3, Uint8Array.of(0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0)],
    [8, lies.layout ?? layoutOf(lies.address ?? SUPERBLOCK_BYTES, data.length)],
    ...(lies.messages ?? []),
  ]);
  const place = SUPERBLOCK_BYTES + data.length;
  const encoded = Buffer.from(name);
  const link = Buffer.concat([
    Uint8Array.of(1, 1, encoded.length & 255, encoded.length >> 8),
    encoded,
    word(place),
  ]);
  const info = Buffer.concat([Uint8Array.of(0, 0), UNDEFINED, UNDEFINED]);
  const root = headerOf(
    lies.root ?? [
      [2, info],
      [6, link],
    ],
  );
  const end = place + dataset.length + root.length;
  const superblock = Buffer.concat([
    Buffer.from("\x89HDF\r\n\x1a\n\x02\x08\x08\x00", "latin1"),
    ...[word(0), UNDEFINED, word(end), word(place + dataset.length), new Uint8Array(4)],
  ]);
  return new Uint8Array(Buffer.concat([superblock, data, dataset, root]));
}

function layoutOf(address: number, bytes: number): Uint8Array {
  return Buffer.concat([Uint8Array.of(3, 1), word(address), word(bytes)]);
}

function headerOf(messages: readonly (readonly [number, Uint8Array])[]): Uint8Array {
  const bodies = messages.flatMap(([type, body]) => [
    Uint8Array.of(type, body.length & 255, body.length >> 8, 0),
    body,
  ]);
  const size = bodies.reduce((sum, { length }) => sum + length, 0);
  const start = Uint8Array.of(2, 1, size & 255, size >> 8);
  return Buffer.concat([Buffer.from("OHDR"), start, ...bodies, new Uint8Array(4)]);
}
