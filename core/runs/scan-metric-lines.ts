import { type JsonLines, parseJsonLine } from "../formats/json-lines.ts";
import { readJsonNumber } from "../formats/json-number.ts";
import { decodeUtf8Lossy, encodeUtf8 } from "../formats/utf8.ts";
import { parseMetricLine } from "../protocol/parse-run-files.ts";
import type { MetricColumns } from "./metric-columns.ts";

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const CLOSING = 0x7d;

const STEP = encodeUtf8('{"step":');
const EPOCH = encodeUtf8(',"epoch":');
const TIME = encodeUtf8(',"time":');
const VALUES = encodeUtf8(',"values":{');

/** A metric's name as it stands in a line, quotes and colon included. */
interface KnownName {
  readonly bytes: Uint8Array;
  readonly name: string;
}

/** Adds the complete lines in bytes to columns; what it gives names the lines that are not of the form. */
export type MetricLineScanner = (bytes: Uint8Array) => JsonLines;

/**
 * Reads lines of `metrics.jsonl` as the trainer writes them without making a value of each: keys in
 * order, no white space, finite numbers. Metrics are looked for where the line before had them. Any
 * other line is parsed as JSON and checked as such.
 *
 * @param onEpoch told the step and epoch of each line
 */
export function createMetricLineScanner(
  columns: MetricColumns,
  onEpoch: (step: number, epoch: number) => void,
): MetricLineScanner {
  const layout: KnownName[] = [];
  const names: string[] = [];
  const numbers: number[] = [];
  let [step, epoch, time] = [0, 0, 0];

  let value = Number.NaN;

  /** The place behind a key and its number, which is then `value`; −1 where they do not stand there. */
  function behindNumber(bytes: Uint8Array, at: number, key: Uint8Array): number {
    const place = at < 0 ? -1 : behind(bytes, at, key);
    if (place < 0) return -1;
    const read = readJsonNumber(bytes, place);
    ({ value } = read);
    return Number.isFinite(value) ? read.end : -1;
  }

  /** The place behind the line from `start` where it is of the trainer's form and has been read; else −1. */
  function behindLine(bytes: Uint8Array, start: number): number {
    let at = behindNumber(bytes, start, STEP);
    step = value;
    at = behindNumber(bytes, at, EPOCH);
    epoch = value;
    at = behindNumber(bytes, at, TIME);
    time = value;
    at = at < 0 ? -1 : behind(bytes, at, VALUES);
    if (at < 0 || !Number.isSafeInteger(step) || step < 0) return -1;
    at = bytes[at] === CLOSING ? withoutValues(at) : behindValues(bytes, at);
    return at < 0 ? -1 : behindEnd(bytes, at);
  }

  function withoutValues(at: number): number {
    names.length = 0;
    return at;
  }

  /** The place of the brace behind all metrics; −1 where something else is among them. */
  function behindValues(bytes: Uint8Array, first: number): number {
    let at = first;
    for (let count = 0; ; count++) {
      const known = nameAt(bytes, at, count);
      at = known === undefined ? -1 : behindNumber(bytes, at, known.bytes);
      if (known === undefined || at < 0) return -1;
      names[count] = known.name;
      numbers[count] = value;
      if (bytes[at] !== COMMA) {
        names.length = count + 1;
        return at;
      }
      at += 1;
    }
  }

  function nameAt(bytes: Uint8Array, at: number, place: number): KnownName | undefined {
    const expected = layout[place];
    if (expected !== undefined && behind(bytes, at, expected.bytes) >= 0) return expected;
    const other = layout.find((known) => behind(bytes, at, known.bytes) >= 0) ?? newName(bytes, at);
    if (other !== undefined) layout[place] = other;
    return other;
  }

  function addScanned(): void {
    columns.begin(step, epoch, time);
    for (let index = 0; index < names.length; index++) {
      columns.put(names[index] ?? "", numbers[index] ?? Number.NaN);
    }
    onEpoch(step, epoch);
  }

  /** What is wrong with the line, if something is. */
  function addParsed(bytes: Uint8Array): string | undefined {
    const parsed = parseJsonLine(bytes);
    if (parsed === undefined) return undefined;
    const found = "message" in parsed ? parsed.message : parseMetricLine(parsed.value);
    if (typeof found === "string") return found;
    columns.add(found);
    onEpoch(found.step, found.epoch);
    return undefined;
  }

  return (bytes) => {
    const consumedBytes = bytes.lastIndexOf(LINE_FEED) + 1;
    const problems: { line: number; message: string }[] = [];
    let line = 0;
    for (let start = 0; start < consumedBytes; ) {
      line += 1;
      const scanned = behindLine(bytes, start);
      if (scanned >= 0) {
        addScanned();
        start = scanned;
        continue;
      }
      const end = bytes.indexOf(LINE_FEED, start) + 1;
      const message = addParsed(bytes.subarray(start, end));
      if (message !== undefined) problems.push({ line, message });
      start = end;
    }
    return { values: [], problems, lines: line, consumedBytes };
  };
}

/** The place behind the braces and the end of a line; −1 where they do not stand there. */
function behindEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== CLOSING || bytes[at + 1] !== CLOSING) return -1;
  const end = bytes[at + 2] === RETURN ? at + 3 : at + 2;
  return bytes[end] === LINE_FEED ? end + 1 : -1;
}

/** The place behind `wanted`, −1 where it does not stand at `at`. */
function behind(bytes: Uint8Array, at: number, wanted: Uint8Array): number {
  for (let index = 0; index < wanted.length; index++) {
    if (bytes[at + index] !== wanted[index]) return -1;
  }
  return at + wanted.length;
}

/** A name without escapes; an escape is left to a parser of JSON. */
function newName(bytes: Uint8Array, at: number): KnownName | undefined {
  if (bytes[at] !== QUOTE) return undefined;
  let end = at + 1;
  while (end < bytes.length && bytes[end] !== QUOTE) {
    const byte = bytes[end] ?? 0;
    if (byte === BACKSLASH || byte < 0x20) return undefined;
    end++;
  }
  if (bytes[end + 1] !== 0x3a) return undefined;
  return {
    bytes: bytes.slice(at, end + 2),
    name: decodeUtf8Lossy(bytes.subarray(at + 1, end)),
  };
}
