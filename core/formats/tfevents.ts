import {
  bytesField,
  doubleField,
  floatField,
  type ProtobufField,
  protobufFields,
  varintField,
} from "./protobuf.ts";
import { decodeTfRecords, encodeTfRecord } from "./tfrecord.ts";
import { decodeUtf8Lossy, encodeUtf8 } from "./utf8.ts";

/** Field numbers of tensorflow.Event, Summary and Summary.Value. */
const EVENT = { wallTime: 1, step: 2, fileVersion: 3, summary: 5 } as const;
const SUMMARY_VALUE = 1;
const VALUE = { tag: 1, simpleValue: 2 } as const;
const FILE_VERSION = "brain.Event:2";

/** One event of a TensorBoard file; fields that this reader does not know are left out. */
export interface TfEvent {
  /** Seconds since the Unix epoch. */
  readonly wallTime: number;
  readonly step: number;
  readonly fileVersion?: string;
  /** Scalars in binary32, as the format stores them. */
  readonly scalars: readonly { readonly tag: string; readonly value: number }[];
}

/** The record that every event file starts with. `wallTime` is in seconds since the Unix epoch. */
export function encodeFileVersion(wallTime: number): Uint8Array<ArrayBuffer> {
  return encodeTfRecord(
    concat([
      doubleField(EVENT.wallTime, wallTime),
      bytesField(EVENT.fileVersion, encodeUtf8(FILE_VERSION)),
    ]),
  );
}

/**
 * One event that holds all of `values` as scalars, rounded to binary32; NaN and ±∞ stay as they are.
 *
 * @throws {RangeError} If `step` is not an integer.
 */
export function encodeScalars(
  wallTime: number,
  step: number,
  values: Readonly<Record<string, number>>,
): Uint8Array<ArrayBuffer> {
  const summary = Object.entries(values).map(([tag, value]) =>
    bytesField(
      SUMMARY_VALUE,
      concat([bytesField(VALUE.tag, encodeUtf8(tag)), floatField(VALUE.simpleValue, value)]),
    ),
  );
  return encodeTfRecord(
    concat([
      doubleField(EVENT.wallTime, wallTime),
      varintField(EVENT.step, step),
      bytesField(EVENT.summary, concat(summary)),
    ]),
  );
}

/** Events of a file that may still be growing; `problem` says why a damaged one is read in part. */
export function decodeTfEvents(bytes: Uint8Array): {
  readonly events: readonly TfEvent[];
  readonly restBytes: number;
  readonly problem?: string;
} {
  const { records, ...end } = decodeTfRecords(bytes);
  return { events: records.map(decodeEvent), ...end };
}

function decodeEvent(record: Uint8Array): TfEvent {
  let wallTime = 0;
  let step = 0;
  let fileVersion: string | undefined;
  const scalars: { tag: string; value: number }[] = [];
  for (const field of protobufFields(record)) {
    if (field.wire === "varint") {
      if (field.number === EVENT.step) step = Number(BigInt.asIntN(64, field.value));
    } else if (field.number === EVENT.wallTime && field.wire === "fixed64") {
      wallTime = viewOf(field.bytes).getFloat64(0, true);
    } else if (field.number === EVENT.fileVersion) {
      fileVersion = decodeUtf8Lossy(field.bytes);
    } else if (field.number === EVENT.summary) {
      scalars.push(...decodeSummary(field.bytes));
    }
  }
  return { wallTime, step, ...(fileVersion === undefined ? {} : { fileVersion }), scalars };
}

function* decodeSummary(summary: Uint8Array) {
  for (const field of protobufFields(summary)) {
    if (field.number !== SUMMARY_VALUE || field.wire !== "bytes") continue;
    const parts = [...protobufFields(field.bytes)];
    const tag = parts.find((part) => part.number === VALUE.tag);
    const value = parts.find((part) => part.number === VALUE.simpleValue);
    if (tag?.wire === "bytes" && isFloat(value)) {
      yield { tag: decodeUtf8Lossy(tag.bytes), value: viewOf(value.bytes).getFloat32(0, true) };
    }
  }
}

function isFloat(
  field: ProtobufField | undefined,
): field is Extract<ProtobufField, { bytes: Uint8Array }> {
  return field?.wire === "fixed32";
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}
