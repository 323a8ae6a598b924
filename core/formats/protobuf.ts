/** One field of a message in protobuf's wire format. Fixed-width values stay bytes. */
export type ProtobufField =
  | { readonly number: number; readonly wire: "varint"; readonly value: bigint }
  | {
      readonly number: number;
      readonly wire: "fixed32" | "fixed64" | "bytes";
      readonly bytes: Uint8Array;
    };

const WIRE_VARINT = 0;
const WIRE_FIXED64 = 1;
const WIRE_BYTES = 2;
const WIRE_FIXED32 = 5;

/** @see https://protobuf.dev/programming-guides/encoding */
export function varintField(number: number, value: number | bigint): Uint8Array {
  return Uint8Array.from([...varint((number << 3) | WIRE_VARINT), ...varint(value)]);
}

export function doubleField(number: number, value: number): Uint8Array {
  const field = new Uint8Array(9);
  field.set(varint((number << 3) | WIRE_FIXED64));
  new DataView(field.buffer).setFloat64(1, value, true);
  return field;
}

export function floatField(number: number, value: number): Uint8Array {
  const field = new Uint8Array(5);
  field.set(varint((number << 3) | WIRE_FIXED32));
  new DataView(field.buffer).setFloat32(1, value, true);
  return field;
}

export function bytesField(number: number, bytes: Uint8Array): Uint8Array {
  const key = [...varint((number << 3) | WIRE_BYTES), ...varint(bytes.length)];
  const field = new Uint8Array(key.length + bytes.length);
  field.set(key);
  field.set(bytes, key.length);
  return field;
}

/** Fields of a message in their order; a message that breaks off gives the fields before the break. */
export function* protobufFields(message: Uint8Array): Generator<ProtobufField> {
  let position = 0;
  while (position < message.length) {
    const key = readVarint(message, position);
    if (key === undefined) return;
    const number = Number(key.value >> 3n);
    const wire = Number(key.value & 7n);
    if (wire === WIRE_VARINT) {
      const field = readVarint(message, key.next);
      if (field === undefined) return;
      yield { number, wire: "varint", value: field.value };
      position = field.next;
      continue;
    }
    const range = payloadRange(message, wire, key.next);
    if (range === undefined || range.end > message.length) return;
    yield { number, wire: range.wire, bytes: message.subarray(range.start, range.end) };
    position = range.end;
  }
}

function payloadRange(message: Uint8Array, wire: number, start: number) {
  if (wire === WIRE_FIXED32) return { wire: "fixed32", start, end: start + 4 } as const;
  if (wire === WIRE_FIXED64) return { wire: "fixed64", start, end: start + 8 } as const;
  if (wire !== WIRE_BYTES) return undefined;
  const length = readVarint(message, start);
  return length === undefined
    ? undefined
    : ({ wire: "bytes", start: length.next, end: length.next + Number(length.value) } as const);
}

/** Base 128, least significant group first; negative numbers take ten bytes of two's complement. */
function varint(value: number | bigint): number[] {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return bytes;
}

function readVarint(message: Uint8Array, start: number) {
  let value = 0n;
  for (let index = 0; index < 10; index += 1) {
    const byte = message[start + index];
    if (byte === undefined) return undefined;
    value |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if (byte < 0x80) return { value: BigInt.asUintN(64, value), next: start + index + 1 };
  }
  return undefined;
}
