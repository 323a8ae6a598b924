import { type ByteSource, sourceOf } from "../formats/byte-source.ts";
import { copyBox, tileOfElement } from "./tiles.ts";
import { elementsOf, type StoredTensor, WEIGHT_DTYPES } from "./weight-file.ts";

/** What has to be held at a time to bring elements into another order. */
const MOST_HELD_BYTES = 1 << 28;

/**
 * The elements of a tensor with the last axis running fastest, whatever order they are stored in.
 *
 * At most a band of tiles, or a tensor of turned axes as a whole, is held; what is larger is a problem.
 * Reading forward reads everything once. Concurrent reads are fine where they are for `bytes`.
 */
export function rowMajorBytes(tensor: StoredTensor): ByteSource | { readonly problem: string } {
  const { bytes, strides, tile, shape } = tensor;
  if (strides !== undefined) return unstrided(tensor, strides);
  const isSlabs = tile?.every((side, axis) => axis === 0 || side >= (shape[axis] ?? 0)) ?? true;
  return tile === undefined || isSlabs ? bytes : untiled(tensor, tile);
}

function tooLarge(heldBytes: number): { readonly problem: string } | undefined {
  return heldBytes <= MOST_HELD_BYTES
    ? undefined
    : { problem: `${heldBytes} bytes of it would have to be turned around at once` };
}

function unstrided(
  { bytes, shape, dtype }: StoredTensor,
  strides: readonly number[],
): ByteSource | { readonly problem: string } {
  const itemBytes = WEIGHT_DTYPES[dtype];
  const sizeBytes = elementsOf(shape) * itemBytes;
  let held: Promise<ByteSource> | undefined;
  const turned = async () => {
    const stored = await bytes.read(0, sizeBytes);
    return sourceOf(inRows(stored, { shape, strides, itemBytes }));
  };
  return (
    tooLarge(sizeBytes) ?? {
      sizeBytes,
      async read(start, end) {
        held ??= turned();
        return (await held).read(start, end);
      },
    }
  );
}

function inRows(
  stored: Uint8Array,
  {
    shape,
    strides,
    itemBytes,
  }: {
    readonly shape: readonly number[];
    readonly strides: readonly number[];
    readonly itemBytes: number;
  },
): Uint8Array {
  const index = shape.map(() => 0);
  const out = new Uint8Array(stored.length);
  for (let at = 0; at < out.length; at += itemBytes) {
    let place = 0;
    for (const [axis, stride] of strides.entries()) place += (index[axis] ?? 0) * stride;
    for (let byte = 0; byte < itemBytes; byte++) {
      out[at + byte] = stored[place * itemBytes + byte] ?? 0;
    }
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = ((index[axis] ?? 0) + 1) % (shape[axis] ?? 1);
      if (index[axis] !== 0) break;
    }
  }
  return out;
}

/** Tiles of the same rows are a band, which is as long in the file as it is in rows. */
function untiled(
  { bytes, shape, dtype }: StoredTensor,
  tile: readonly number[],
): ByteSource | { readonly problem: string } {
  const itemBytes = WEIGHT_DTYPES[dtype];
  const sizeBytes = elementsOf(shape) * itemBytes;
  const [height = 0] = shape;
  const bandBytes = Math.min(tile[0] ?? 1, height) * (sizeBytes / height);
  let held: { readonly start: number; readonly band: Promise<Uint8Array> } | undefined;

  async function bandAt(start: number): Promise<Uint8Array> {
    const stored = await bytes.read(start, Math.min(sizeBytes, start + bandBytes));
    const out = new Uint8Array(stored.length);
    const bandShape = [(stored.length * height) / sizeBytes, ...shape.slice(1)];
    const first = start / itemBytes;
    for (let at = 0; at < stored.length; ) {
      const { start: corner, size, offset } = tileOfElement(shape, tile, first + at / itemBytes);
      const from = (offset - first) * itemBytes;
      const tileBytes = elementsOf(size) * itemBytes;
      copyBox(
        { bytes: stored.subarray(from, from + tileBytes), shape: size, start: size.map(() => 0) },
        { bytes: out, shape: bandShape, start: [0, ...corner.slice(1)] },
        size,
        itemBytes,
      );
      at += tileBytes;
    }
    return out;
  }

  return (
    tooLarge(bandBytes) ?? {
      sizeBytes,
      async read(from, to) {
        const wanted = new Uint8Array(Math.max(0, Math.min(to, sizeBytes) - from));
        for (let at = 0; at < wanted.length; ) {
          const start = Math.floor((from + at) / bandBytes) * bandBytes;
          if (held?.start !== start) held = { start, band: bandAt(start) };
          const band = await held.band;
          const piece = band.subarray(from + at - start, from + wanted.length - start);
          if (piece.length === 0) break;
          wanted.set(piece, at);
          at += piece.length;
        }
        return wanted;
      },
    }
  );
}
