import { createPickleReader, type PickleReader } from "./pickle-reader.ts";

/**
 * What a pickle describes. Nothing of it is made: a call stays the description of a call.
 */
export type PickleValue =
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleSequence
  | PickleMapping
  | PickleGlobal
  | PickleCall
  | PicklePersistent;

export interface PickleSequence {
  readonly kind: "list" | "tuple" | "set";
  readonly items: PickleValue[];
}

export interface PickleMapping {
  readonly kind: "dict";
  readonly entries: [PickleValue, PickleValue][];
}

/** A name that Python would import. */
export interface PickleGlobal {
  readonly kind: "global";
  /** With its module: `torch._utils._rebuild_tensor_v2`. */
  readonly name: string;
}

/** An object that Python would make by a call, with what it would put into it afterwards. */
export interface PickleCall {
  readonly kind: "call";
  readonly callee: PickleValue;
  readonly args: readonly PickleValue[];
  readonly items: PickleValue[];
  readonly entries: [PickleValue, PickleValue][];
  /** What `__setstate__` would be given. */
  state: PickleValue;
}

/** A reference to something outside of the pickle. */
export interface PicklePersistent {
  readonly kind: "persistent";
  readonly id: PickleValue;
}

export interface PickleProblem {
  readonly problem: string;
}

/** What marks a place on the stack. */
const MARK = Symbol("mark");
type Slot = PickleValue | typeof MARK;

/** Bytes of a whole number; time to read one grows with the square of them. */
const LONGEST_INTEGER = 1024;

interface Machine {
  readonly reader: PickleReader;
  readonly stack: Slot[];
  readonly memo: Map<number, PickleValue>;
}

class Damage extends Error {}

/** Instructions of one byte that push a constant or read one. */
const READS: ReadonlyMap<number, (reader: PickleReader) => PickleValue> = new Map<
  number,
  (reader: PickleReader) => PickleValue
>([
  [code("N"), () => undefined],
  [0x88, () => true],
  [0x89, () => false],
  [code("I"), (reader) => textInteger(reader.line())],
  [code("L"), (reader) => textInteger(reader.line().replace(/L$/, ""))],
  [code("F"), (reader) => Number(reader.line())],
  [code("J"), (reader) => reader.signed(4)],
  [code("K"), (reader) => reader.unsigned(1)],
  [code("M"), (reader) => reader.unsigned(2)],
  [0x8a, (reader) => longInteger(reader.bytes(reader.unsigned(1)))],
  [0x8b, (reader) => longInteger(reader.bytes(reader.unsigned(4)))],
  [code("G"), (reader) => reader.float()],
  [code("S"), (reader) => withoutQuotes(reader.line())],
  [code("T"), (reader) => reader.text(reader.unsigned(4))],
  [code("U"), (reader) => reader.text(reader.unsigned(1))],
  [code("V"), (reader) => reader.line()],
  [code("X"), (reader) => reader.text(reader.unsigned(4))],
  [0x8c, (reader) => reader.text(reader.unsigned(1))],
  [0x8d, (reader) => reader.text(reader.unsigned(8))],
  [code("B"), (reader) => reader.bytes(reader.unsigned(4))],
  [code("C"), (reader) => reader.bytes(reader.unsigned(1))],
  [0x8e, (reader) => reader.bytes(reader.unsigned(8))],
  [0x96, (reader) => reader.bytes(reader.unsigned(8))],
  [code("]"), () => ({ kind: "list", items: [] })],
  [code(")"), () => ({ kind: "tuple", items: [] })],
  [code("}"), () => ({ kind: "dict", entries: [] })],
  [0x8f, () => ({ kind: "set", items: [] })],
  [code("c"), (reader) => ({ kind: "global", name: `${reader.line()}.${reader.line()}` })],
  [code("P"), (reader) => ({ kind: "persistent", id: reader.line() })],
]);

/** Instructions that work on the stack. */
const ACTS: ReadonlyMap<number, (machine: Machine) => void> = new Map<
  number,
  (machine: Machine) => void
>([
  [code("("), ({ stack }) => void stack.push(MARK)],
  [code("0"), ({ stack }) => void stack.pop()],
  [code("1"), (machine) => void sinceMark(machine)],
  [code("2"), (machine) => machine.stack.push(top(machine))],
  [0x80, ({ reader }) => void reader.unsigned(1)],
  [0x95, ({ reader }) => void reader.unsigned(8)],
  [code("l"), (machine) => machine.stack.push({ kind: "list", items: sinceMark(machine) })],
  [code("t"), (machine) => machine.stack.push({ kind: "tuple", items: sinceMark(machine) })],
  [0x91, (machine) => machine.stack.push({ kind: "set", items: sinceMark(machine) })],
  [
    code("d"),
    (machine) => machine.stack.push({ kind: "dict", entries: pairs(sinceMark(machine)) }),
  ],
  [0x85, (machine) => pushTuple(machine, 1)],
  [0x86, (machine) => pushTuple(machine, 2)],
  [0x87, (machine) => pushTuple(machine, 3)],
  [code("a"), (machine) => addItems(machine, [pop(machine)])],
  [code("e"), (machine) => addItems(machine, sinceMark(machine))],
  [0x90, (machine) => addItems(machine, sinceMark(machine))],
  [code("s"), (machine) => addEntries(machine, popMany(machine, 2))],
  [code("u"), (machine) => addEntries(machine, sinceMark(machine))],
  [code("p"), (machine) => void machine.memo.set(Number(machine.reader.line()), top(machine))],
  [code("q"), (machine) => void machine.memo.set(machine.reader.unsigned(1), top(machine))],
  [code("r"), (machine) => void machine.memo.set(machine.reader.unsigned(4), top(machine))],
  [0x94, (machine) => void machine.memo.set(machine.memo.size, top(machine))],
  [code("g"), (machine) => recall(machine, Number(machine.reader.line()))],
  [code("h"), (machine) => recall(machine, machine.reader.unsigned(1))],
  [code("j"), (machine) => recall(machine, machine.reader.unsigned(4))],
  [0x93, (machine) => pushGlobal(machine)],
  [code("R"), (machine) => call(machine, 2)],
  [0x81, (machine) => call(machine, 2)],
  [0x92, (machine) => call(machine, 3)],
  [code("i"), (machine) => instance(machine)],
  [code("o"), (machine) => callSinceMark(machine)],
  [code("b"), (machine) => setState(machine)],
  [code("Q"), (machine) => machine.stack.push({ kind: "persistent", id: pop(machine) })],
]);

/**
 * Reads a pickle of protocol 0 to 5 as data: nothing is imported, nothing is called.
 *
 * Extension codes and buffers outside of the stream are refused. Never throws.
 *
 * @see https://docs.python.org/3/library/pickletools.html
 */
export function readPickle(bytes: Uint8Array): { readonly value: PickleValue } | PickleProblem {
  const machine: Machine = { reader: createPickleReader(bytes), stack: [], memo: new Map() };
  try {
    return { value: run(machine) };
  } catch (error) {
    if (!(error instanceof Damage) && !(error instanceof RangeError)) throw error;
    return {
      problem: `its pickle is damaged at byte ${machine.reader.position()}: ${error.message}`,
    };
  }
}

function run(machine: Machine): PickleValue {
  const { reader, stack } = machine;
  for (;;) {
    const instruction = reader.unsigned(1);
    if (instruction === code(".")) return pop(machine);
    const read = READS.get(instruction);
    if (read !== undefined) {
      stack.push(read(reader));
      continue;
    }
    const act = ACTS.get(instruction);
    if (act === undefined) {
      throw new Damage(`there is no instruction 0x${instruction.toString(16).padStart(2, "0")}`);
    }
    act(machine);
  }
}

function code(letter: string): number {
  return letter.charCodeAt(0);
}

function pop({ stack }: Machine): PickleValue {
  const value = stack.pop();
  if (value === MARK) throw new Damage("a mark stands where a value should");
  return value;
}

function top({ stack }: Machine): PickleValue {
  const value = stack.at(-1);
  if (stack.length === 0 || value === MARK) throw new Damage("there is no value on the stack");
  return value;
}

function popMany(machine: Machine, count: number): PickleValue[] {
  if (machine.stack.length < count) throw new Damage("the stack is too short");
  return Array.from({ length: count }, () => pop(machine)).reverse();
}

function sinceMark({ stack }: Machine): PickleValue[] {
  const at = stack.lastIndexOf(MARK);
  if (at < 0) throw new Damage("there is no mark on the stack");
  const values = stack.splice(at).filter((value) => value !== MARK);
  return values;
}

function pairs(values: readonly PickleValue[]): [PickleValue, PickleValue][] {
  if (values.length % 2 === 1) throw new Damage("a key has no value");
  return Array.from({ length: values.length / 2 }, (_, index) => [
    values[2 * index],
    values[2 * index + 1],
  ]);
}

function pushTuple(machine: Machine, count: number): void {
  machine.stack.push({ kind: "tuple", items: popMany(machine, count) });
}

function addItems(machine: Machine, items: readonly PickleValue[]): void {
  const target = top(machine);
  if (!isObject(target) || !("items" in target)) throw new Damage("items are added to no list");
  for (const item of items) target.items.push(item);
}

function addEntries(machine: Machine, values: readonly PickleValue[]): void {
  const target = top(machine);
  if (!isObject(target) || !("entries" in target)) throw new Damage("entries are set in no dict");
  for (const pair of pairs(values)) target.entries.push(pair);
}

function recall(machine: Machine, key: number): void {
  if (!machine.memo.has(key)) throw new Damage(`nothing is remembered as ${key}`);
  machine.stack.push(machine.memo.get(key));
}

function pushGlobal(machine: Machine): void {
  const [module, name] = popMany(machine, 2);
  if (typeof module !== "string" || typeof name !== "string") {
    throw new Damage("a name to import is no text");
  }
  machine.stack.push({ kind: "global", name: `${module}.${name}` });
}

/** A callee, its tuple of arguments, and for three parts its dictionary of them, which is dropped. */
function call(machine: Machine, parts: number): void {
  const [callee, args] = popMany(machine, parts);
  machine.stack.push(callOf(callee, itemsOf(args)));
}

function callSinceMark(machine: Machine): void {
  const [callee, ...args] = sinceMark(machine);
  machine.stack.push(callOf(callee, args));
}

function instance(machine: Machine): void {
  const name = `${machine.reader.line()}.${machine.reader.line()}`;
  machine.stack.push(callOf({ kind: "global", name }, sinceMark(machine)));
}

function callOf(callee: PickleValue, args: readonly PickleValue[]): PickleCall {
  return { kind: "call", callee, args, items: [], entries: [], state: undefined };
}

function setState(machine: Machine): void {
  const state = pop(machine);
  const target = top(machine);
  // Of other values Python would ask for attributes; there is nothing to describe.
  if (isObject(target) && target.kind === "call") target.state = state;
}

function itemsOf(value: PickleValue): readonly PickleValue[] {
  if (!isObject(value) || value.kind !== "tuple") throw new Damage("arguments are no tuple");
  return value.items;
}

/** A value with parts, none of the plain ones. */
export function isObject(
  value: PickleValue,
): value is PickleSequence | PickleMapping | PickleGlobal | PickleCall | PicklePersistent {
  return typeof value === "object" && !(value instanceof Uint8Array);
}

function textInteger(text: string): PickleValue {
  // Protocol 0 writes booleans as numbers with a leading zero.
  if (text === "00" || text === "01") return text === "01";
  const value = Number(text);
  if (!Number.isInteger(value)) throw new Damage(`\`${text.slice(0, 20)}\` is no whole number`);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

/** Two's complement, least significant byte first. */
function longInteger(bytes: Uint8Array): number | bigint {
  if (bytes.length > LONGEST_INTEGER) throw new Damage(`a whole number has ${bytes.length} bytes`);
  let value = 0n;
  for (const [index, byte] of bytes.entries()) value |= BigInt(byte) << BigInt(8 * index);
  const signed = BigInt.asIntN(8 * bytes.length, value);
  const narrow = Number(signed);
  return Number.isSafeInteger(narrow) ? narrow : signed;
}

function withoutQuotes(text: string): string {
  return text.length >= 2 ? text.slice(1, -1) : text;
}
