import type { ByteSource } from "../../formats/byte-source.ts";

/** Where what a field holds lies in the file. */
export interface MessagePlace {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** A field of a message in protobuf's wire format, of which only the head was read. */
export type FieldPlace = { readonly number: number; readonly value: number } | MessagePlace;

/** A message is damaged, or does not end where it should. */
export class MessageFault extends Error {}

/** A file of messages, and how many fields of them may still be looked at. */
export interface MessageSource {
  readonly bytes: ByteSource;
  fieldsLeft: number;
}

/** Fields of all messages that are looked at; the largest models have some hundred thousand. */
const MOST_FIELDS = 1 << 20;

export function messageSource(bytes: ByteSource): MessageSource {
  return { bytes, fieldsLeft: MOST_FIELDS };
}

/** Keys and lengths are read in pieces of this size; what a field holds is passed over. */
const WINDOW_BYTES = 1 << 12;
const LONGEST_VARINT = 10;

/**
 * The fields of the message from `start` up to `end`, in their order. Values longer than a number stay
 * where they are.
 *
 * @throws {MessageFault} Where it is no message, or the file has had more fields than any model.
 * @see https://protobuf.dev/programming-guides/encoding
 */
export async function* messageFields(
  source: MessageSource,
  start: number,
  end: number,
): AsyncGenerator<FieldPlace> {
  const { bytes } = source;
  let window = new Uint8Array(0);
  let windowStart = start;
  const byteAt = async (at: number): Promise<number> => {
    if (at < windowStart || at >= windowStart + window.length) {
      windowStart = at;
      window = Uint8Array.from(await bytes.read(at, Math.min(end, at + WINDOW_BYTES)));
    }
    const byte = window[at - windowStart];
    if (byte === undefined || at >= end) throw new MessageFault(`it breaks off at byte ${at}`);
    return byte;
  };
  const varintAt = async (
    at: number,
  ): Promise<{ readonly value: number; readonly next: number }> => {
    let value = 0;
    for (let index = 0; index < LONGEST_VARINT; index++) {
      const byte = await byteAt(at + index);
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return { value, next: at + index + 1 };
    }
    throw new MessageFault(`it has a number without an end at byte ${at}`);
  };
  for (let at = start; at < end; ) {
    source.fieldsLeft--;
    if (source.fieldsLeft < 0) throw new MessageFault(`it has more than ${MOST_FIELDS} fields`);
    const key = await varintAt(at);
    const number = Math.floor(key.value / 8);
    const wire = key.value % 8;
    if (wire === 0) {
      const { value, next } = await varintAt(key.next);
      yield { number, value };
      at = next;
      continue;
    }
    const length =
      wire === 2 ? await varintAt(key.next) : { value: fixedBytes(wire, at), next: key.next };
    const last = length.next + length.value;
    if (!(last <= end)) throw new MessageFault(`a field at byte ${at} reaches over the end`);
    yield { number, start: length.next, end: last };
    at = last;
  }
}

function fixedBytes(wire: number, at: number): number {
  if (wire === 1) return 8;
  if (wire === 5) return 4;
  throw new MessageFault(`it is no protobuf message at byte ${at}`);
}
